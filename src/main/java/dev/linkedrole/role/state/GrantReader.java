package dev.linkedrole.role.state;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reader of the grants behind a role's policies: the inverse of {@link PolicyCompiler}. It goes by the Sids and
 * resources of the statements; every grant that it returns is confirmed by compiling it.
 */
public final class GrantReader {

    /** A line of {@link PolicyDocument#lines} about one resource. */
    private static final Pattern ON_RESOURCE = Pattern.compile("([A-Za-z0-9]+): (.+)");

    private final FeatureCatalog catalog;

    public GrantReader(FeatureCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The grants behind policies.
     *
     * @param grants every grant whose permissions the policies have in full, without the base. Where two features give
     *     the same permissions both are here, since either may be the one that is needed
     * @param rest lines of the policies that are in none of them, nor in the base
     */
    public record Reading(SortedSet<Grant> grants, List<String> rest) {
        public Reading {
            grants = Collections.unmodifiableSortedSet(new TreeSet<>(grants));
            rest = List.copyOf(rest);
        }
    }

    /**
     * Reads policies of an instance's role.
     *
     * @param documents policies as IAM returned them
     */
    public Reading read(InstanceArn instance, Collection<String> documents) {
        SortedSet<String> found = PolicyDocument.lines(documents);
        Set<String> covered = new TreeSet<>(lines(Grant.BASE, instance));
        SortedSet<Grant> grants = new TreeSet<>();
        candidates(instance, found).forEach(grant -> {
            Set<String> lines = lines(grant, instance);
            if (!lines.isEmpty() && found.containsAll(lines)) {
                grants.add(grant);
                covered.addAll(lines);
            }
        });
        found.removeAll(covered);
        return new Reading(grants, List.copyOf(found));
    }

    private Set<Grant> candidates(InstanceArn instance, Set<String> lines) {
        Set<Grant> candidates = new TreeSet<>();
        catalog.grantsWithoutResource(instance).forEach(candidates::add);
        for (String line : lines) {
            Matcher onResource = ON_RESOURCE.matcher(line);
            if (onResource.matches()) {
                catalog.grantsBehind(onResource.group(1), onResource.group(2), instance)
                        .forEach(candidates::add);
            }
        }
        return candidates;
    }

    private Set<String> lines(Grant grant, InstanceArn instance) {
        List<StatementOnResource> entries = catalog.statements(grant, instance).orElse(List.of()).stream()
                .flatMap(filled -> filled.resources().stream()
                        .map(resource -> new StatementOnResource(filled.template(), resource)))
                .toList();
        return entries.isEmpty() ? Set.of() : new TreeSet<>(PolicyDocument.lines(Statements.policy(entries)));
    }
}
