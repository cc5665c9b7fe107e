package dev.linkedrole.role.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.plan.ModelRole;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.Permission;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Roles of any size over their lives, applied to a {@link ModelRole} that rejects what IAM rejects. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class PolicyPackingTest {

    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:";

    /** Features, with prefixes of the resources that they take. */
    private static final List<List<String>> KINDS = List.of(
            List.of("lex-bots", BOT),
            List.of("lex-bots", BOT + "Bot:"),
            List.of("call-recordings", "arn:aws:s3:::acme-recordings/"),
            List.of("exported-reports", "arn:aws:s3:::acme-reports/"),
            List.of("contact-records", "arn:aws:kinesis:us-west-2:111122223333:stream/"),
            List.of("agent-events", "arn:aws:firehose:us-west-2:111122223333:deliverystream/"),
            List.of("customer-profiles", "arn:aws:profile:us-west-2:111122223333:domains/"),
            List.of("contact-flow-logs", "arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/"));

    /** The permissions of each grant alone. */
    private static final Map<Grant, Set<Permission>> ONE_BY_ONE = new HashMap<>();

    @Property(tries = 75)
    void random_features_fit_iams_limits_and_are_never_missing_in_between(
            @ForAll Random random, @ForAll @IntRange(min = 0, max = 4) int managedPolicies) {
        // Given a role that may have few policies
        PolicyCompiler compiler = compiler(managedPolicies);
        Life life = new Life(random);
        LinkedRole role = LinkedRole.unknown(Events.INSTANCE);
        ModelRole inIam = ModelRole.none();
        Placement known = Placement.NONE;

        for (int turn = 1; turn <= 10; turn++) {
            // When something happens to it that fits
            LinkedRole next = role.apply(life.next(turn));
            DesiredRole.Present desired = compiler.compileAnnounced(next, known);
            Statistics.label("policies")
                    .collect(
                            desired.charactersOver() > 0
                                    ? "too large"
                                    : desired.packing().contents().size());
            if (desired.charactersOver() > 0) {
                continue;
            }
            Set<Permission> before = inIam.permissions();
            Set<Permission> after = permissionsOf(next);
            for (Step step : BuiltIn.plan(desired, fingerprint(inIam, desired)).steps()) {
                inIam = inIam.after(step);

                // Then nothing is missing that was there and stays, and nothing is granted that is not to be
                assertThat(inIam.permissions())
                        .as("after %s", step.summary())
                        .containsAll(before.stream().filter(after::contains).toList())
                        .allMatch(permission -> before.contains(permission) || after.contains(permission));
            }

            // And in the end it may do what it is to do, and nothing is left to do
            assertThat(inIam.permissions()).isEqualTo(after);
            assertThat(BuiltIn.plan(desired, fingerprint(inIam, desired)).steps())
                    .isEmpty();
            assertThat(inIam.managedPolicies()).hasSizeLessThanOrEqualTo(managedPolicies);
            role = next;
            known = desired.packing().placement();
        }
    }

    @Property(tries = 60)
    void what_iam_has_shows_where_everything_is(@ForAll Random random) {
        // Given a role that has grown one after the other
        Grown grown = grow(new Life(random), compiler(10), 12);

        // When it is packed by what is read, and by what is kept of that
        Placement read = grown.inIam().asObserved().placement();

        // Then it is packed the same, and nothing is to be done
        assertThat(read).isEqualTo(grown.desired().packing().placement());
        assertThat(grown.desired().placed(read).packing().contents())
                .isEqualTo(grown.desired().packing().contents());
        assertThat(grown.desired().placed(read).packing().moves()).isEmpty();
    }

    @Property(tries = 60)
    void one_more_bot_changes_one_policy_and_moves_nothing(@ForAll Random random) {
        // Given
        Grown grown = grow(new Life(random), compiler(10), 12);
        LinkedRole next = grown.role().apply(Events.enabled(99, "lex-bots", BOT + "OneMore"));
        DesiredRole.Present desired =
                compiler(10).compileAnnounced(next, grown.desired().packing().placement());
        Assume.that(desired.charactersOver() == 0);

        // Then
        List<Step> steps =
                BuiltIn.plan(desired, fingerprint(grown.inIam(), desired)).steps();
        assertThat(steps.stream().mapToInt(PolicyPackingTest::writes).sum()).isBetween(1, 2);
        grown.desired()
                .packing()
                .contents()
                .forEach((slot, content) ->
                        assertThat(desired.packing().contents().get(slot)).containsAll(content));
    }

    @Property(tries = 60)
    void once_everything_fits_inline_again_no_other_policy_is_left(@ForAll Random random) {
        // Given
        Grown grown = grow(new Life(random), compiler(10), 8);

        // When all is revoked
        LinkedRole bare = grown.role();
        for (String feature : BuiltIn.CATALOG.features().keySet()) {
            bare = bare.apply(Events.disabled(99, feature));
        }
        DesiredRole.Present desired =
                compiler(10).compileAnnounced(bare, grown.desired().packing().placement());
        ModelRole inIam = grown.inIam().after(BuiltIn.plan(desired, fingerprint(grown.inIam(), desired)));

        // Then
        assertThat(inIam.inlinePolicies())
                .isEqualTo(compiler(10).compileAnnounced(bare).inlinePolicies());
        assertThat(inIam.managedPolicies()).isEmpty();
        assertThat(inIam.attachedPolicies()).isEmpty();
    }

    @Property(tries = 60)
    void whatever_is_known_of_it_a_role_that_fits_inline_is_all_there(@ForAll Random random) {
        LinkedRole role = LinkedRole.unknown(Events.INSTANCE).apply(new Life(random).few());
        DesiredRole.Present desired = BuiltIn.COMPILER.compileAnnounced(role);
        Placement anything = new Placement(new TreeMap<>(Map.of(
                new PolicySlot(1 + random.nextInt(9)),
                Placement.of(desired.packing().contents()).keys().get(PolicySlot.INLINE))));

        assertThat(desired.placed(anything).packing().contents()).containsOnlyKeys(PolicySlot.INLINE);
        assertThat(desired.placed(anything).inlinePolicies()).isEqualTo(desired.inlinePolicies());
    }

    @Example
    void four_hundred_bots_are_in_four_policies_in_the_order_in_which_they_came() {
        // Given a role that gets its bots one after the other
        LinkedRole role = LinkedRole.unknown(Events.INSTANCE);
        Placement known = Placement.NONE;
        for (int bot = 0; bot < 400; bot++) {
            role = role.apply(Events.enabled(bot, "lex-bots", "%sCustomerService%03d".formatted(BOT, bot)));
            known = BuiltIn.COMPILER.compileAnnounced(role, known).packing().placement();
        }

        // Then
        PolicyPacking packing = BuiltIn.COMPILER.compileAnnounced(role, known).packing();
        assertThat(packing.contents()).hasSize(4);
        List<String> resources = packing.contents().values().stream()
                .flatMap(content -> content.stream().map(StatementOnResource::resource))
                .filter(resource -> resource.startsWith(BOT))
                .toList();
        assertThat(resources).hasSize(400).isSorted();
    }

    @Example
    void what_one_grant_needs_is_kept_together_where_it_would_cost_two_writes_otherwise() {
        // Given an inline policy with room for the bucket, and not for its objects as well
        LinkedRole role = LinkedRole.unknown(Events.INSTANCE);
        while (PolicyLength.of(BuiltIn.COMPILER.compileAnnounced(role).entries()) < 10_240 - 250) {
            role = role.apply(Events.enabled(
                    1, "lex-bots", BOT + "Bot" + role.grantWrites().size()));
        }
        Placement known = BuiltIn.COMPILER.compileAnnounced(role).packing().placement();

        // When
        DesiredRole.Present desired = BuiltIn.COMPILER.compileAnnounced(
                role.apply(Events.enabled(2, "call-recordings", "arn:aws:s3:::acme")), known);

        // Then
        assertThat(desired.packing().contents().get(new PolicySlot(1)))
                .extracting(StatementOnResource::resource)
                .containsExactly("arn:aws:s3:::acme", "arn:aws:s3:::acme/*");
        assertThat(desired.packing().moves()).hasSize(1);
    }

    private static int writes(Step step) {
        // Two calls: a new version, and the deletion of the oldest.
        return step instanceof Step.PutPolicyVersion ? 2 : 1;
    }

    private static Optional<RoleFingerprint> fingerprint(ModelRole inIam, DesiredRole.Present desired) {
        return inIam.exists() ? Optional.of(inIam.asObserved().fingerprint(desired)) : Optional.empty();
    }

    /** Returns the required permissions of a role, computed grant by grant. */
    private static Set<Permission> permissionsOf(LinkedRole role) {
        Set<Permission> permissions = new HashSet<>(ONE_BY_ONE.computeIfAbsent(Grant.BASE, PolicyPackingTest::alone));
        role.enabled()
                .forEach(grant -> permissions.addAll(ONE_BY_ONE.computeIfAbsent(grant, PolicyPackingTest::alone)));
        return permissions;
    }

    private static Set<Permission> alone(Grant grant) {
        LinkedRole only = grant.equals(Grant.BASE)
                ? LinkedRole.unknown(Events.INSTANCE)
                : LinkedRole.of(Events.enabled(
                        0, grant.feature(), grant.resource().map(Set::of).orElse(Set.of())));
        return Permission.in(BuiltIn.permissions(only));
    }

    private static PolicyCompiler compiler(int managedPolicies) {
        return new PolicyCompiler(
                BuiltIn.CATALOG,
                new RoleSettings("LinkedRole_", "/linked-role/", Optional.empty(), "tests", managedPolicies));
    }

    private static Grown grow(Life life, PolicyCompiler compiler, int turns) {
        LinkedRole role = LinkedRole.unknown(Events.INSTANCE);
        DesiredRole.Present desired = compiler.compileAnnounced(role);
        ModelRole inIam = ModelRole.none().after(BuiltIn.plan(desired, Optional.empty()));
        for (int turn = 1; turn <= turns; turn++) {
            LinkedRole next = role.apply(life.next(turn));
            DesiredRole.Present then =
                    compiler.compileAnnounced(next, desired.packing().placement());
            if (then.charactersOver() == 0) {
                role = next;
                inIam = inIam.after(BuiltIn.plan(then, fingerprint(inIam, then)));
                desired = then;
            }
        }
        return new Grown(role, desired, inIam);
    }

    /** A role that has grown, as known and as it is. */
    private record Grown(LinkedRole role, DesiredRole.Present desired, ModelRole inIam) {}

    /** A random history of an instance over years. */
    private static final class Life {
        private final Random random;
        private final List<RoleEvent> enabled = new ArrayList<>();

        Life(Random random) {
            this.random = random;
        }

        RoleEvent next(int second) {
            if (enabled.isEmpty() || random.nextInt(4) > 0) {
                RoleEvent event = enabling(second, 1 + random.nextInt(random.nextBoolean() ? 100 : 3));
                enabled.add(event);
                return event;
            }
            RoleEvent.FeatureEnabled some = (RoleEvent.FeatureEnabled) enabled.get(random.nextInt(enabled.size()));
            Set<String> resources = some.resources().stream()
                    .filter(resource -> random.nextInt(3) > 0)
                    .collect(Collectors.toSet());
            return Events.disabled(second, some.feature(), resources);
        }

        /** Returns an event whose grants fit inline. */
        RoleEvent few() {
            return enabling(1, 1 + random.nextInt(20));
        }

        private RoleEvent enabling(int second, int many) {
            List<String> kind = KINDS.get(random.nextInt(KINDS.size()));
            int longest = random.nextInt(5) == 0 ? 150 : 30;
            Set<String> resources = IntStream.range(0, many)
                    .mapToObj(i -> kind.get(1) + name(1 + random.nextInt(longest)))
                    .collect(Collectors.toSet());
            return Events.enabled(second, kind.get(0), resources);
        }

        private String name(int length) {
            return random.ints(length, 'a', 'z' + 1)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
        }
    }
}
