package dev.linkedrole.role;

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

/** Allowances of any size, and roles that hold them. */
final class Allowances {

    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:";

    private Allowances() {}

    /** Some of one statement, which has twenty actions. */
    static SortedSet<Allowance> some(String name, int many) {
        StatementTemplate statement = statement(name);
        return IntStream.range(0, many)
                .mapToObj(i -> new Allowance(statement, "%s%s%04d".formatted(BOT, name, i)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** So many of one statement that a policy of nothing else has just so many characters. */
    static SortedSet<Allowance> exactly(String name, int characters, int many) {
        SortedSet<Allowance> all = some(name, many);
        Allowance last = all.getLast();
        int missing = characters - PolicyLength.of(all);
        all.remove(last);
        all.add(new Allowance(last.statement(), last.resource() + "x".repeat(missing)));
        return all;
    }

    /** As many as a managed policy takes. */
    static SortedSet<Allowance> full(String name) {
        int many = 1;
        while (PolicyLength.of(some(name, many + 1)) <= PolicyDocument.MAX_MANAGED_SIZE) {
            many++;
        }
        return some(name, many);
    }

    static SortedSet<Allowance> both(SortedSet<Allowance> some, SortedSet<Allowance> more) {
        return Stream.of(some, more).flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    static SortedSet<Allowance> first(SortedSet<Allowance> all, int many) {
        return all.stream().limit(many).collect(Collectors.toCollection(TreeSet::new));
    }

    static SortedSet<Allowance> last(SortedSet<Allowance> all, int many) {
        return all.stream().skip(all.size() - many).collect(Collectors.toCollection(TreeSet::new));
    }

    private static StatementTemplate statement(String name) {
        List<String> actions = IntStream.range(0, 20)
                .mapToObj(i -> "connect-campaigns:SomeOfTheActions" + i)
                .toList();
        return new StatementTemplate(name, IamEffect.ALLOW, actions, List.of(), new TreeMap<>());
    }

    /** A role whose policies hold just this, and to which these moves lead. */
    static WantedRole.Present role(Map<Home, SortedSet<Allowance>> contents, int managed, Move... moves) {
        return role(Map.of(), contents, managed, moves);
    }

    /** The same for one whose policies were known to hold something else before. */
    static WantedRole.Present role(
            Map<Home, SortedSet<Allowance>> before,
            Map<Home, SortedSet<Allowance>> contents,
            int managed,
            Move... moves) {
        SortedMap<Home, SortedSet<Allowance>> packed = new TreeMap<>(contents);
        return new WantedRole.Present(
                RoleName.of("LinkedRole_", Events.INSTANCE.id()),
                "/linked-role/",
                new WantedDescription("", false),
                "{}",
                new TreeMap<>(),
                Optional.empty(),
                packed.values().stream().flatMap(Collection::stream).toList(),
                managed,
                new Packing(packed, List.of(moves), 0, Placement.of(before)),
                List.of());
    }
}
