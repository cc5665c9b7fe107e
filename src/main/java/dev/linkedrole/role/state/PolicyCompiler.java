package dev.linkedrole.role.state;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.DesiredDescription;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicyPacking;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;

/**
 * Compiles the desired role from the state of an instance. Equal states give equal bytes.
 *
 * <p>Statements with the same Sid are merged into one, so a policy has at most as many statements as its catalog has
 * Sids, and granting one more resource changes one line.
 */
public final class PolicyCompiler {

    private final FeatureCatalog catalog;
    private final RoleSettings settings;
    private final Optional<PolicyCompiler> held;

    public PolicyCompiler(FeatureCatalog catalog, RoleSettings settings) {
        this(catalog, settings, Optional.empty());
    }

    private PolicyCompiler(FeatureCatalog catalog, RoleSettings settings, Optional<PolicyCompiler> held) {
        this.catalog = catalog;
        this.settings = settings;
        this.held = held;
    }

    /** Returns this compiler with the one that takes its place once an operator has released the change. */
    public PolicyCompiler holding(PolicyCompiler next) {
        return new PolicyCompiler(catalog, settings, Optional.of(next));
    }

    /** Returns the compiler that is held back. */
    public Optional<PolicyCompiler> held() {
        return held;
    }

    /** Compiles the role, packed without a known placement. */
    public DesiredRole compile(LinkedRole role) {
        return compile(role, Placement.NONE);
    }

    /**
     * Compiles the role with the identity of the present settings, and with as few moves as possible from a known
     * placement.
     */
    public DesiredRole compile(LinkedRole role, Placement known) {
        return compile(role, identityOf(role), known, 0);
    }

    /**
     * Compiles a role with a recorded identity.
     *
     * @param slots number of managed policies that it may have had, which it keeps even if the settings now allow fewer
     */
    public DesiredRole compile(LinkedRole role, RoleIdentity identity, Placement known, int slots) {
        return switch (role.lifecycle()) {
            case UNANNOUNCED, RELEASED -> new DesiredRole.NotYet(identity.name());
            case LIVE -> compileAnnounced(role, identity, known, slots);
            case DELETED -> new DesiredRole.Gone(identity.name());
        };
    }

    /** Compiles the role as if its instance were announced. */
    public DesiredRole.Present compileAnnounced(LinkedRole role) {
        return compileAnnounced(role, Placement.NONE);
    }

    /** Compiles the role as if its instance were announced, with as few moves as possible from a known placement. */
    public DesiredRole.Present compileAnnounced(LinkedRole role, Placement known) {
        return compileAnnounced(role, identityOf(role), known, 0);
    }

    /** Compiles a role with a recorded identity as if its instance were announced. */
    public DesiredRole.Present compileAnnounced(LinkedRole role, RoleIdentity identity, Placement known, int slots) {
        int managedPolicies = identity.serviceLinked() ? 0 : Math.max(settings.managedPolicies(), slots);
        Merged merged = new Merged(role.instance());
        merged.add(Grant.BASE);
        role.enabled().forEach(merged::add);
        List<StatementOnResource> entries = merged.entries();
        return new DesiredRole.Present(
                identity.name(),
                identity.path(),
                description(role),
                trust(),
                tags(identity, role.instance()),
                identity.serviceLinked() ? Optional.empty() : settings.permissionsBoundary(role.instance()),
                entries,
                managedPolicies,
                PolicyPacking.of(entries, known, managedPolicies),
                List.copyOf(merged.notInCatalog),
                settings.leaveAlone());
    }

    /**
     * Returns the tags with the deployment, which is not part of the identity: a role's tags show its deployment,
     * whatever the record says.
     */
    private SortedMap<String, String> tags(RoleIdentity identity, InstanceArn instance) {
        SortedMap<String, String> tags = identity.tags(instance);
        settings.deployment().ifPresent(own -> tags.put(RoleTags.DEPLOYMENT_TAG, own));
        return tags;
    }

    /** Returns this deployment's own identity. */
    public Optional<String> deployment() {
        return settings.deployment();
    }

    private DesiredDescription description(LinkedRole role) {
        return role.descriptionWrite()
                .map(described -> new DesiredDescription(described.description().text(), true))
                .orElseGet(() -> new DesiredDescription(catalog.description(), false));
    }

    /** Returns the identity that the role gets if it is created by the present settings. */
    public RoleIdentity identityOf(LinkedRole role) {
        return settings.identity(role.instance());
    }

    private String trust() {
        return PolicyDocument.canonical(IamPolicy.builder()
                .addStatement(statement -> statement
                        .effect(IamEffect.ALLOW)
                        .addPrincipal(IamPrincipal.create(IamPrincipalType.SERVICE, catalog.principal()))
                        .addAction("sts:AssumeRole"))
                .build()
                .toJson());
    }

    /** Statements of several grants, merged: those in common occur once. */
    private final class Merged {
        private final InstanceArn instance;
        private final Map<String, StatementTemplate> statements = new LinkedHashMap<>();
        private final SortedMap<String, SortedSet<String>> resources = new TreeMap<>();
        private final List<Grant> notInCatalog = new ArrayList<>();

        Merged(InstanceArn instance) {
            this.instance = instance;
        }

        void add(Grant grant) {
            Optional<List<FeatureCatalog.FilledStatement>> filled = catalog.statements(grant, instance);
            filled.ifPresentOrElse(known -> known.forEach(this::add), () -> notInCatalog.add(grant));
        }

        private void add(FeatureCatalog.FilledStatement statement) {
            // The catalog ensures that one Sid always has the same effect, actions and conditions.
            StatementTemplate template = statement.template();
            statements.putIfAbsent(
                    template.sid(),
                    new StatementTemplate(
                            template.sid(), template.effect(), template.actions(), List.of(), template.conditions()));
            resources.computeIfAbsent(template.sid(), sid -> new TreeSet<>()).addAll(statement.resources());
        }

        /** Returns the statements by Sid, those of every role first. */
        List<StatementOnResource> entries() {
            return statements.values().stream()
                    .flatMap(statement -> resources.getOrDefault(statement.sid(), new TreeSet<>()).stream()
                            .map(resource -> new StatementOnResource(statement, resource)))
                    .toList();
        }
    }
}
