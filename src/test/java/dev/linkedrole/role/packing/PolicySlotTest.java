package dev.linkedrole.role.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy slots of a role, by number. */
class PolicySlotTest {

    private static final RoleName ROLE = RoleName.of("LinkedRole_", Events.INSTANCE.id());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 20})
    void a_managed_policy_is_found_by_its_name(int number) {
        assertThat(PolicySlot.ofPolicyName(ROLE, ROLE + "-" + number)).contains(new PolicySlot(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0", "-21", "-01", "", "-1-1", "-one"})
    void a_policy_of_another_name_is_none_of_them(String rest) {
        assertThat(PolicySlot.ofPolicyName(ROLE, ROLE + rest)).isEmpty();
        assertThat(PolicySlot.ofPolicyName(ROLE, PolicySlot.INLINE_POLICY)).isEmpty();
    }

    @Test
    void it_is_told_in_words() {
        assertThat(PolicySlot.INLINE).hasToString("the inline policy");
        assertThat(new PolicySlot(2)).hasToString("managed policy 2");
    }
}
