package dev.linkedrole.role.state;

import static dev.linkedrole.role.packing.StatementsOnResources.exactly;
import static dev.linkedrole.role.packing.StatementsOnResources.role;
import static dev.linkedrole.role.packing.StatementsOnResources.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.plan.ModelRole;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An observed role: the placement of its statements, and the components of others in the way. */
class ObservedRoleTest {

    private static final PolicySlot ONE = new PolicySlot(1);
    private static final PolicySlot TWO = new PolicySlot(2);
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String AUDIT = "arn:aws:iam::aws:policy/SecurityAudit";

    private final SortedMap<String, String> inline = new TreeMap<>();
    private final SortedMap<String, String> managed = new TreeMap<>();
    private final SortedSet<String> attached = new TreeSet<>();

    @Test
    void the_highest_attached_policy_is_the_last_under_the_roles_own_names() {
        // Given
        assertThat(highestAttached()).isZero();
        attached.add(ADMIN);
        assertThat(highestAttached()).isZero();

        // When
        attached.add(ModelRole.ARNS.of(ONE));
        attached.add(ModelRole.ARNS.of(TWO));

        // Then
        assertThat(highestAttached()).isEqualTo(2);
    }

    @Test
    void what_is_not_attached_allows_nothing() {
        // Given
        inline.put(PolicySlot.INLINE_POLICY, Statements.policy(some("a", 1)));
        managed.put(ModelRole.ARNS.of(ONE), Statements.policy(some("b", 1)));
        managed.put(ModelRole.ARNS.of(TWO), Statements.policy(some("c", 1)));
        attached.add(ModelRole.ARNS.of(TWO));

        // Then
        assertThat(observed().placement())
                .isEqualTo(Placement.of(Map.of(PolicySlot.INLINE, some("a", 1), TWO, some("c", 1))));
    }

    @Test
    void foreign_inline_policies_are_in_the_way_once_all_are_too_large() {
        // Given a foreign one that leaves just as much as is needed; the present content of ours does not count
        inline.put(PolicySlot.INLINE_POLICY, Statements.policy(exactly("a", 9_000, 3)));
        inline.put("extra", "x".repeat(5_240));

        // Then
        assertThat(observed().inTheWay(role(Map.of(PolicySlot.INLINE, exactly("a", 5_000, 3)), 0)))
                .isEmpty();
        assertThat(observed().inTheWay(role(Map.of(PolicySlot.INLINE, exactly("a", 5_001, 3)), 0)))
                .containsExactly(new RoleComponent.Inline("extra"));
    }

    @Test
    void attached_policies_of_others_are_in_the_way_once_there_are_too_many() {
        // Given a role that may have two, of which it needs one
        DesiredRole.Present desired = role(Map.of(PolicySlot.INLINE, some("a", 1), ONE, some("b", 1)), 2);
        managed.put(ModelRole.ARNS.of(ONE), Statements.policy(some("b", 1)));
        attached.add(ModelRole.ARNS.of(ONE));
        attached.add(ADMIN);

        // Then
        assertThat(observed().inTheWay(desired)).isEmpty();

        // When there is one too many
        attached.add(AUDIT);

        // Then
        assertThat(observed().inTheWay(desired))
                .containsExactly(new RoleComponent.Attached(ADMIN), new RoleComponent.Attached(AUDIT));
        assertThat(observed().inTheWay(role(Map.of(PolicySlot.INLINE, some("a", 1)), 1)))
                .as("of a role that needs none")
                .isEmpty();
    }

    @Test
    void an_untagged_policy_under_a_name_of_the_role_is_foreign() {
        // Given
        attached.add(ModelRole.ARNS.of(TWO));

        // Then
        assertThat(observed().inTheWay(role(Map.of(PolicySlot.INLINE, some("a", 1), ONE, some("b", 1)), 1)))
                .containsExactly(new RoleComponent.Attached(ModelRole.ARNS.of(TWO)));
    }

    @Test
    void grants_beyond_and_missing_are_told_whatever_policy_has_them() {
        // Given a role that has b in another policy than desired, and c, another's policy and an inline one too many
        DesiredRole.Present desired = role(Map.of(PolicySlot.INLINE, some("a", 1), ONE, some("b", 1)), 2);
        inline.put(PolicySlot.INLINE_POLICY, Statements.policy(some("b", 1)));
        inline.put("extra", Statements.policy(some("c", 1)));
        managed.put(ModelRole.ARNS.of(ONE), Statements.policy(some("d", 1)));
        managed.put(ModelRole.ARNS.of(TWO), Statements.policy(some("e", 1)));
        attached.add(ModelRole.ARNS.of(ONE));
        attached.add(ADMIN);

        // Then
        List<String> beyond = new ArrayList<>(List.of(ADMIN));
        beyond.addAll(PolicyDocument.lines(Statements.policy(some("c", 1))));
        beyond.addAll(PolicyDocument.lines(Statements.policy(some("d", 1))));
        assertThat(observed().beyond(desired)).containsExactlyInAnyOrderElementsOf(new TreeSet<>(beyond));
        assertThat(observed().missing(desired))
                .containsExactlyElementsOf(new TreeSet<>(PolicyDocument.lines(Statements.policy(some("a", 1)))));
    }

    @Test
    void a_supplement_has_what_no_other_policy_has() {
        // Given
        DesiredRole.Present desired = role(Map.of(PolicySlot.INLINE, some("a", 1), ONE, some("b", 1)), 2);
        inline.put(PolicySlot.INLINE_POLICY, Statements.policy(some("b", 1)));
        inline.put("supplement", Statements.policy(some("a", 1)));

        // Then its own content does not count
        assertThat(observed().missing(desired)).isEmpty();
        assertThat(observed().supplement(desired, "supplement")).contains(Statements.policy(some("a", 1)));

        // And nothing is lacking once another policy has it
        SortedSet<StatementOnResource> both = new TreeSet<>(some("a", 1));
        both.addAll(some("b", 1));
        inline.put(PolicySlot.INLINE_POLICY, Statements.policy(both));
        assertThat(observed().supplement(desired, "supplement")).isEmpty();
    }

    @Test
    void the_room_of_an_inline_policy_is_what_the_others_leave() {
        // Given
        inline.put(PolicySlot.INLINE_POLICY, "x".repeat(1_000));
        inline.put("supplement", "x".repeat(3_000));

        // Then
        assertThat(observed().roomInline("supplement")).isEqualTo(9_240);
        assertThat(observed().roomInline("another")).isEqualTo(6_240);
    }

    private int highestAttached() {
        return ObservedRole.highestAttached(observed().role(), ModelRole.ARNS);
    }

    private ObservedRole observed() {
        return ModelRole.none()
                .withInline(inline)
                .withAttached(attached)
                .withManaged(managed)
                .asObserved();
    }
}
