package dev.linkedrole.role;

import static dev.linkedrole.role.Allowances.exactly;
import static dev.linkedrole.role.Allowances.role;
import static dev.linkedrole.role.Allowances.some;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a look at a role shows: where everything is, and what somebody else has put in the way. */
class SurveyedRoleTest {

    private static final Home ONE = new Home(1);
    private static final Home TWO = new Home(2);
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String AUDIT = "arn:aws:iam::aws:policy/SecurityAudit";

    private final SortedMap<String, String> inline = new TreeMap<>();
    private final SortedMap<String, String> managed = new TreeMap<>();
    private final SortedSet<String> attached = new TreeSet<>();

    @Test
    void the_highest_attached_policy_is_the_last_one_under_a_name_of_the_roles_own() {
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
        inline.put(Home.INLINE_POLICY, Statements.policy(some("a", 1)));
        managed.put(ModelRole.ARNS.of(ONE), Statements.policy(some("b", 1)));
        managed.put(ModelRole.ARNS.of(TWO), Statements.policy(some("c", 1)));
        attached.add(ModelRole.ARNS.of(TWO));

        // Then
        assertThat(surveyed().placement())
                .isEqualTo(Placement.of(Map.of(Home.INLINE, some("a", 1), TWO, some("c", 1))));
    }

    @Test
    void inline_policies_of_others_are_in_the_way_once_all_together_are_too_large() {
        // Given one of somebody else's that leaves just as much as is needed; what ours is now does not count
        inline.put(Home.INLINE_POLICY, Statements.policy(exactly("a", 9_000, 3)));
        inline.put("extra", "x".repeat(5_240));

        // Then
        assertThat(surveyed().inTheWay(role(Map.of(Home.INLINE, exactly("a", 5_000, 3)), 0)))
                .isEmpty();
        assertThat(surveyed().inTheWay(role(Map.of(Home.INLINE, exactly("a", 5_001, 3)), 0)))
                .containsExactly(new Facet.Inline("extra"));
    }

    @Test
    void attached_policies_of_others_are_in_the_way_once_there_are_too_many() {
        // Given a role that may have two, of which it needs one
        WantedRole.Present wanted = role(Map.of(Home.INLINE, some("a", 1), ONE, some("b", 1)), 2);
        managed.put(ModelRole.ARNS.of(ONE), Statements.policy(some("b", 1)));
        attached.add(ModelRole.ARNS.of(ONE));
        attached.add(ADMIN);

        // Then
        assertThat(surveyed().inTheWay(wanted)).isEmpty();

        // When there is one too many
        attached.add(AUDIT);

        // Then
        assertThat(surveyed().inTheWay(wanted)).containsExactly(new Facet.Attached(ADMIN), new Facet.Attached(AUDIT));
        assertThat(surveyed().inTheWay(role(Map.of(Home.INLINE, some("a", 1)), 1)))
                .as("of a role that needs none")
                .isEmpty();
    }

    @Test
    void a_policy_under_a_name_of_the_roles_own_that_is_not_ours_is_somebody_elses() {
        // Given
        attached.add(ModelRole.ARNS.of(TWO));

        // Then
        assertThat(surveyed().inTheWay(role(Map.of(Home.INLINE, some("a", 1), ONE, some("b", 1)), 1)))
                .containsExactly(new Facet.Attached(ModelRole.ARNS.of(TWO)));
    }

    private int highestAttached() {
        return SurveyedRole.highestAttached(surveyed().role(), ModelRole.ARNS);
    }

    private SurveyedRole surveyed() {
        return ModelRole.none()
                .withInline(inline)
                .withAttached(attached)
                .withManaged(managed)
                .asSurveyed();
    }
}
