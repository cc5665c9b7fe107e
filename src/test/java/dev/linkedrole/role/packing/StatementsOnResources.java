package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.DesiredDescription;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.LeaveAlone;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** Statements on resources of any total size, and roles with them. */
public final class StatementsOnResources {

    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:";

    private StatementsOnResources() {}

    /** Returns some resources of one statement with twenty actions. */
    public static SortedSet<StatementOnResource> some(String name, int many) {
        StatementTemplate statement = statement(name);
        return IntStream.range(0, many)
                .mapToObj(i -> new StatementOnResource(statement, "%s%s%04d".formatted(BOT, name, i)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns resources of one statement whose policy has exactly this number of characters. */
    public static SortedSet<StatementOnResource> exactly(String name, int characters, int many) {
        SortedSet<StatementOnResource> all = some(name, many);
        StatementOnResource last = all.getLast();
        int missing = characters - PolicyLength.of(all);
        all.remove(last);
        all.add(new StatementOnResource(last.statement(), last.resource() + "x".repeat(missing)));
        return all;
    }

    /** Returns as many as fit into a managed policy. */
    static SortedSet<StatementOnResource> full(String name) {
        int many = 1;
        while (PolicyLength.of(some(name, many + 1)) <= PolicyDocument.MAX_MANAGED_SIZE) {
            many++;
        }
        return some(name, many);
    }

    public static SortedSet<StatementOnResource> both(
            SortedSet<StatementOnResource> some, SortedSet<StatementOnResource> more) {
        return Stream.of(some, more).flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    static SortedSet<StatementOnResource> first(SortedSet<StatementOnResource> all, int many) {
        return all.stream().limit(many).collect(Collectors.toCollection(TreeSet::new));
    }

    static SortedSet<StatementOnResource> last(SortedSet<StatementOnResource> all, int many) {
        return all.stream().skip(all.size() - many).collect(Collectors.toCollection(TreeSet::new));
    }

    private static StatementTemplate statement(String name) {
        List<String> actions = IntStream.range(0, 20)
                .mapToObj(i -> "connect-campaigns:SomeOfTheActions" + i)
                .toList();
        return new StatementTemplate(name, IamEffect.ALLOW, actions, List.of(), new TreeMap<>());
    }

    /** Returns a role whose policies have exactly this content, reached by these moves. */
    public static DesiredRole.Present role(
            Map<PolicySlot, SortedSet<StatementOnResource>> contents, int managed, RepackStep... moves) {
        return role(Map.of(), contents, managed, moves);
    }

    /** Returns a role with this content whose policies were known to have other content before. */
    public static DesiredRole.Present role(
            Map<PolicySlot, SortedSet<StatementOnResource>> before,
            Map<PolicySlot, SortedSet<StatementOnResource>> contents,
            int managed,
            RepackStep... moves) {
        SortedMap<PolicySlot, SortedSet<StatementOnResource>> packed = new TreeMap<>(contents);
        return new DesiredRole.Present(
                RoleName.of("LinkedRole_", Events.INSTANCE.id()),
                "/linked-role/",
                new DesiredDescription("", false),
                "{}",
                new TreeMap<>(),
                Optional.empty(),
                packed.values().stream().flatMap(Collection::stream).toList(),
                managed,
                new PolicyPacking(packed, List.of(moves), 0, Placement.of(before)),
                List.of(),
                LeaveAlone.NOTHING);
    }
}
