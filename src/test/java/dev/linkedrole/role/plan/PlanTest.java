package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.Permission;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Plans that make a role as desired, applied to a {@link ModelRole}. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class PlanTest {

    private static final String BOUND = "arn:aws:iam::111122223333:policy/bound";

    private static final PolicyArns ARNS = new PolicyArns(
            "arn:aws:iam::111122223333:policy/linked-role/", RoleName.of("LinkedRole_", Events.INSTANCE.id()));

    @Provide
    Arbitrary<DesiredRole.Present> desired() {
        return Combinators.combine(boundary(), Arbitraries.of("stream/one", "stream/two"))
                .as(PlanTest::desired);
    }

    /** Returns roles in any state, most of whose components are right by chance. */
    @Provide
    Arbitrary<ModelRole> found() {
        Arbitrary<String> documents = Arbitraries.of(
                BuiltIn.permissions(desired(Optional.empty(), "stream/one")),
                BuiltIn.permissions(desired(Optional.empty(), "stream/two")),
                desired(Optional.empty(), "stream/one").trustPolicy(),
                "{}");
        Arbitrary<String> tags =
                Arbitraries.of(BuiltIn.SETTINGS.ownershipTags(Events.INSTANCE).values());
        Arbitrary<ModelRole> roles = Combinators.combine(
                        documents,
                        Arbitraries.maps(Arbitraries.of(RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG, "team"), tags),
                        boundary(),
                        Arbitraries.maps(Arbitraries.of(PolicySlot.INLINE_POLICY, "debug", "zzz"), documents),
                        Arbitraries.of("arn:aws:iam::aws:policy/AdministratorAccess", BOUND)
                                .set())
                .as((trust, tagged, bound, inline, attached) -> new ModelRole(
                        true,
                        trust,
                        new TreeMap<>(tagged),
                        bound,
                        new TreeMap<>(inline),
                        new TreeSet<>(attached),
                        new TreeMap<>()));
        return Arbitraries.oneOf(roles, Arbitraries.just(ModelRole.none()));
    }

    @Property
    void carrying_it_out_makes_any_role_what_is_desired(
            @ForAll("found") ModelRole found, @ForAll("desired") DesiredRole.Present desired) {
        // Given what was found
        Optional<RoleFingerprint> known = found.fingerprint(desired);

        // When the plan is carried out
        ModelRole after = found.after(BuiltIn.plan(desired, known));

        // Then nothing differs any more, and nothing is left to do
        assertThat(after.fingerprint(desired)).contains(desired.fingerprint());
        assertThat(BuiltIn.plan(desired, after.fingerprint(desired)).steps()).isEmpty();
    }

    @Property
    void carrying_it_out_twice_does_no_harm(
            @ForAll("found") ModelRole found, @ForAll("desired") DesiredRole.Present desired) {
        // Given a plan that was carried out, for a role that was there
        Plan plan = BuiltIn.plan(desired, Optional.of(found.asRead().fingerprint(desired)));
        ModelRole present = found.exists() ? found : ModelRole.like(desired);

        // Then repeating it is like having done it once
        assertThat(present.after(plan).after(plan)).isEqualTo(present.after(plan));
    }

    @Property
    void it_grows_before_it_shrinks(@ForAll("found") ModelRole found, @ForAll("desired") DesiredRole.Present desired) {
        // When
        List<Step> steps = BuiltIn.plan(desired, found.fingerprint(desired)).steps();

        // Then no step that gives comes after one that takes
        List<Boolean> takes = steps.stream().map(PlanTest::takes).toList();
        assertThat(takes).isSorted();
    }

    @Property
    void forgotten_policy_content_is_put_again_and_nothing_else(@ForAll("desired") DesiredRole.Present desired) {
        // Given a role as wanted, whose policies a slower replica may have overwritten
        ModelRole role = ModelRole.like(desired);
        RoleFingerprint known = role.asRead().fingerprint(desired).withoutPolicyContent();

        // When
        Plan plan = BuiltIn.plan(desired, Optional.of(known));

        // Then
        assertThat(plan.steps())
                .containsExactly(new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, BuiltIn.permissions(desired)));
    }

    @Property
    void whatever_step_is_rejected_all_that_do_not_need_it_are_done(
            @ForAll("found") ModelRole found,
            @ForAll("desired") DesiredRole.Present desired,
            @ForAll @IntRange(max = 8) int rejected) {
        // Given a role that is there and ours, and a plan of which IAM rejects one step for good
        ModelRole role = readable(found.exists() ? found : ModelRole.like(desired));
        KnownRole known = new KnownRole(
                role.asRead().fingerprint(desired), role.asObserved().placement());
        Plan plan = Planner.toward(desired, known.fingerprint(), ModelRole.ARNS, Set.of());
        Assume.that(!plan.steps().isEmpty());
        Step never = plan.steps().get(rejected % plan.steps().size());

        // When what can be done of it is done, and then what is too much is revoked
        Tries tries = new Tries(role, never);
        tries.carryOut(plan);
        KnownRole after = known.after(tries.done, ModelRole.ARNS);
        tries.carryOut(Planner.pruning(desired, after, ModelRole.ARNS));

        // Then the role is known as it is, and has nothing too much but what the rejected step is about
        assertThat(known.after(tries.done, ModelRole.ARNS).fingerprint())
                .isEqualTo(tries.role.asRead().fingerprint(desired));
        assertThat(tries.left).allMatch(step -> step.equals(never));
        assertThat(tries.role.permissions())
                .isSubsetOf(union(ModelRole.like(desired).permissions(), about(never, role)));
    }

    @Property
    void what_is_known_after_all_steps_is_what_is_desired(
            @ForAll("found") ModelRole found, @ForAll("desired") DesiredRole.Present desired) {
        // Given
        ModelRole role = found.exists() ? found : ModelRole.like(desired);
        RoleFingerprint known = role.asRead().fingerprint(desired);
        Plan plan = Planner.toward(desired, known, ModelRole.ARNS, Set.of());

        // Then
        assertThat(new KnownRole(known, Placement.NONE)
                        .after(plan.steps(), ModelRole.ARNS)
                        .fingerprint())
                .isEqualTo(desired.fingerprint());
    }

    @Property
    void nothing_is_done_to_a_role_that_cannot_be_marked_as_ours(
            @ForAll("found") ModelRole found, @ForAll("desired") DesiredRole.Present desired) {
        // Given a role of another owner
        ModelRole role = (found.exists() ? found : ModelRole.like(desired)).withTags(new TreeMap<>());
        Plan plan = Planner.toward(desired, role.asRead().fingerprint(desired), ModelRole.ARNS, Set.of(), false);

        // When IAM rejects the tags
        Tries tries = new Tries(role, new Step.PutTags(desired.tags()));
        tries.carryOut(plan);

        // Then
        assertThat(tries.role).isEqualTo(role);
    }

    @Example
    void a_role_that_trusts_its_former_owner_is_granted_nothing_but_loses_what_is_too_much() {
        // Given a role that is taken over
        DesiredRole.Present desired = desired(Optional.empty(), "stream/one");
        ModelRole role = new ModelRole(
                true,
                "{}",
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(Map.of("debug", "{}")),
                new TreeSet<>(),
                new TreeMap<>());
        Plan plan = Planner.toward(desired, role.asRead().fingerprint(desired), ModelRole.ARNS, Set.of(), false);

        // When
        Tries tries = new Tries(role, new Step.PutTrustPolicy(desired.trustPolicy()));
        tries.carryOut(plan);

        // Then
        assertThat(tries.done).containsExactly(new Step.PutTags(desired.tags()), new Step.DeleteInlinePolicy("debug"));
    }

    @Example
    void the_description_comes_last_of_all() {
        // Given a role of which everything differs
        DesiredRole.Present desired = new PolicyCompiler(BuiltIn.CATALOG, BuiltIn.SETTINGS)
                .compileAnnounced(LinkedRole.of(
                                Events.enabled(0, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"))
                        .apply(Events.described(1, "ours")));
        RoleFingerprint known = new ModelRole(
                        true,
                        "{}",
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>(Map.of("debug", "{}")),
                        new TreeSet<>(),
                        new TreeMap<>())
                .asRead()
                .fingerprint(desired);

        // Then
        assertThat(Planner.toward(desired, known, ModelRole.ARNS).steps())
                .endsWith(new Step.DeleteInlinePolicy("debug"), new Step.PutDescription("ours"));
    }

    /** Returns the role without statements that have no actions. */
    private static ModelRole readable(ModelRole role) {
        SortedMap<String, String> inline = new TreeMap<>(role.inlinePolicies());
        inline.values().removeIf(json -> json.contains("Principal") || json.equals("{}"));
        return role.withInline(inline);
    }

    /** Execution of a plan on a model that rejects one step each time. */
    private static final class Tries {

        private final Step never;
        private final List<Step> done = new ArrayList<>();
        private final List<Step> left = new ArrayList<>();
        private ModelRole role;

        Tries(ModelRole role, Step never) {
            this.role = role;
            this.never = never;
        }

        void carryOut(Plan plan) {
            Set<Integer> indexes = new HashSet<>();
            for (int i = 0; i < plan.steps().size(); i++) {
                Step step = plan.steps().get(i);
                if (step.equals(never) || !indexes.containsAll(plan.needs().get(i))) {
                    left.add(step);
                } else {
                    role = role.after(step);
                    indexes.add(i);
                    done.add(step);
                }
            }
        }
    }

    private static Set<Permission> union(Set<Permission> one, Set<Permission> other) {
        Set<Permission> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Returns the permissions of the policy that a step changes. */
    private static Set<Permission> about(Step step, ModelRole role) {
        return switch (step) {
            case Step.PutInlinePolicy(String policy, String document) -> inPolicy(role, policy);
            case Step.DeleteInlinePolicy(String policy) -> inPolicy(role, policy);
            default -> Set.of();
        };
    }

    private static Set<Permission> inPolicy(ModelRole role, String policy) {
        return Optional.ofNullable(role.inlinePolicies().get(policy))
                .map(Permission::in)
                .orElse(Set.of());
    }

    @Property
    void removal_ends_without_a_role_and_deletes_it_last(@ForAll("found") ModelRole found) {
        // Given a role that is there
        ModelRole role = found.exists() ? found : ModelRole.like(desired(Optional.empty(), "stream/one"));

        // When
        Plan plan = Planner.removal(role.asRead().policies(), ModelRole.ARNS);

        // Then
        assertThat(role.after(plan)).isEqualTo(ModelRole.none());
        assertThat(plan.steps()).endsWith(new Step.DeleteRole()).allMatch(PlanTest::takes);
        assertThat(plan.steps()).filteredOn(new Step.DeleteRole()::equals).hasSize(1);
    }

    @Example
    void a_new_role_is_created_and_given_its_permissions() {
        // Given a role that is not there, with all that one can want
        DesiredRole.Present desired = desired(Optional.of(BOUND), "stream/one");

        // When
        Plan plan = BuiltIn.plan(desired, Optional.empty());

        // Then trust, tags and boundary come with the creation
        assertThat(plan.steps())
                .containsExactly(
                        new Step.CreateRole(desired),
                        new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, BuiltIn.permissions(desired)));
    }

    @Example
    void each_component_that_differs_is_one_step() {
        // Given a role that differs in everything
        DesiredRole.Present desired = desired(Optional.of(BOUND), "stream/one");
        ModelRole found = new ModelRole(
                true,
                "{}",
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(Map.of("debug", "{}")),
                new TreeSet<>(List.of("arn:aws:iam::aws:policy/AdministratorAccess")),
                new TreeMap<>());

        // When
        Plan plan = BuiltIn.plan(desired, found.fingerprint(desired));

        // Then
        assertThat(plan.steps())
                .containsExactlyInAnyOrder(
                        new Step.PutTrustPolicy(desired.trustPolicy()),
                        new Step.PutTags(desired.tags()),
                        new Step.PutBoundary(BOUND),
                        new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, BuiltIn.permissions(desired)),
                        new Step.DeleteInlinePolicy("debug"),
                        new Step.DetachPolicy("arn:aws:iam::aws:policy/AdministratorAccess"));
    }

    @Example
    void a_role_that_is_taken_over_is_made_ours_before_anything_else() {
        // Given a foreign role in which everything differs
        DesiredRole.Present desired = desired(Optional.of(BOUND), "stream/one");
        ModelRole found = new ModelRole(
                true,
                "{}",
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(Map.of("debug", "{}")),
                new TreeSet<>(),
                new TreeMap<>());

        // Then
        assertThat(BuiltIn.plan(desired, found.fingerprint(desired)).steps())
                .startsWith(new Step.PutTags(desired.tags()));
    }

    @Example
    void a_role_that_is_cleared_loses_every_policy_and_stays() {
        // Given
        ModelRole found = new ModelRole(
                true,
                "{}",
                new TreeMap<>(Map.of("team", "voice")),
                Optional.empty(),
                new TreeMap<>(Map.of("debug", "{}", "zzz", "{}")),
                new TreeSet<>(List.of(BOUND)),
                new TreeMap<>());
        DesiredRole.Present desired = desired(Optional.empty(), "stream/one");

        // When
        Plan clearance = Planner.clearance(found.fingerprint(desired).orElseThrow(), ARNS);

        // Then
        assertThat(clearance.steps())
                .containsExactlyInAnyOrder(
                        new Step.DeleteInlinePolicy("debug"),
                        new Step.DeleteInlinePolicy("zzz"),
                        new Step.DetachPolicy(BOUND));
    }

    @Example
    void what_keeps_a_role_from_growing_goes_before_anything_is_added() {
        // Given
        DesiredRole.Present desired = desired(Optional.empty(), "stream/one");
        RoleComponent inline = new RoleComponent.Inline("by-hand");
        RoleComponent attached = new RoleComponent.Attached(BOUND);
        RoleFingerprint known = new RoleFingerprint(new TreeMap<>(Map.of(inline, "x", attached, "x")));

        // Then
        assertThat(Planner.toward(desired, known, ARNS, Set.of(inline)).steps())
                .filteredOn(step -> !(step instanceof Step.PutTags) && !(step instanceof Step.PutTrustPolicy))
                .satisfiesExactly(
                        step -> assertThat(step).isEqualTo(new Step.DeleteInlinePolicy("by-hand")),
                        step -> assertThat(step).isInstanceOf(Step.PutInlinePolicy.class),
                        step -> assertThat(step).isEqualTo(new Step.DetachPolicy(BOUND)));
    }

    @Example
    void a_role_goes_after_all_that_it_has_and_before_its_own_policies() {
        // Given
        RoleFingerprint known = new RoleFingerprint(new TreeMap<>(Map.of(
                new RoleComponent.Trust(), "x",
                new RoleComponent.Tags(), "x",
                new RoleComponent.Boundary(), "x",
                new RoleComponent.Description(), "x",
                new RoleComponent.Inline("by-hand"), "x",
                new RoleComponent.Managed(new PolicySlot(2)), "x",
                new RoleComponent.Attached(BOUND), "x",
                new RoleComponent.InInstanceProfile("profile"), "x")));

        // Then
        assertThat(Planner.removal(known, ARNS).steps())
                .hasSize(6)
                .endsWith(new Step.DeleteRole(), new Step.DeletePolicy(ARNS.of(new PolicySlot(2))))
                .contains(
                        new Step.DeleteInlinePolicy("by-hand"),
                        new Step.DetachPolicy(ARNS.of(new PolicySlot(2))),
                        new Step.DetachPolicy(BOUND),
                        new Step.LeaveInstanceProfile("profile"));
    }

    @Example
    void what_a_role_has_left_behind_is_deleted_and_nothing_else() {
        assertThat(Planner.leftovers(List.of(new PolicySlot(1), new PolicySlot(3)), ARNS)
                        .steps())
                .containsExactly(
                        new Step.DeletePolicy(ARNS.of(new PolicySlot(1))),
                        new Step.DeletePolicy(ARNS.of(new PolicySlot(3))));
    }

    private static boolean takes(Step step) {
        return step instanceof Step.DeleteInlinePolicy
                || step instanceof Step.DetachPolicy
                || step instanceof Step.DeleteRole;
    }

    private static Arbitrary<Optional<String>> boundary() {
        return Arbitraries.of(Optional.empty(), Optional.of(BOUND), Optional.of(BOUND + "-tighter"));
    }

    private static DesiredRole.Present desired(Optional<String> boundary, String stream) {
        RoleSettings settings = new RoleSettings("LinkedRole_", "/linked-role/", boundary, "tests");
        return new PolicyCompiler(BuiltIn.CATALOG, settings)
                .compileAnnounced(LinkedRole.of(
                        Events.enabled(0, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:" + stream)));
    }
}
