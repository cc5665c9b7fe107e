package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals as producers see them. */
class RefusalTest {

    @ParameterizedTest
    @EnumSource
    void a_code_is_lower_case_with_hyphens(Refusal.Reason reason) {
        assertThat(reason.code()).matches("[a-z]+(-[a-z]+)*");
    }

    @Test
    void the_exception_carries_the_refusal_and_no_stack_trace() {
        // Given a refusal about a field
        Refusal refusal = new Refusal(Refusal.Reason.MISSING_FIELD, "is required").of("data.feature");

        // Then
        assertThat(new RefusedException(refusal).refusal()).isEqualTo(refusal);
        assertThat(new RefusedException(refusal))
                .hasMessage("missing-field: data.feature is required")
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isEmpty());
    }
}
