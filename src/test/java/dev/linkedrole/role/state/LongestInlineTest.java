package dev.linkedrole.role.state;

import static dev.linkedrole.role.packing.StatementsOnResources.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.RepackStep;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.packing.StatementsOnResources;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The most room that the inline policy needs while statements are moved. */
class LongestInlineTest {

    private static final PolicySlot ONE = new PolicySlot(1);

    @Test
    void it_is_the_longest_on_the_way_or_in_the_end() {
        assertThat(longest(3, new RepackStep(PolicySlot.INLINE, some("a", 5)))).isEqualTo(length(5));
        assertThat(longest(3, new RepackStep(PolicySlot.INLINE, some("a", 2)))).isEqualTo(length(3));
    }

    @Test
    void managed_policies_do_not_count() {
        assertThat(longest(3, new RepackStep(ONE, some("a", 9)))).isEqualTo(length(3));
    }

    @Test
    void a_role_without_an_inline_policy_needs_none() {
        assertThat(StatementsOnResources.role(Map.of(ONE, some("a", 3)), 1).longestInline())
                .isZero();
    }

    private static int longest(int inTheEnd, RepackStep move) {
        return StatementsOnResources.role(Map.of(PolicySlot.INLINE, some("a", inTheEnd)), 1, move)
                .longestInline();
    }

    private static int length(int many) {
        return Statements.policy(some("a", many)).length();
    }
}
