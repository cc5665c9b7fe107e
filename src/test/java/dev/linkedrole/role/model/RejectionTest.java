package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rejections as producers see them. */
class RejectionTest {

    @ParameterizedTest
    @EnumSource
    void a_code_is_lower_case_with_hyphens(Rejection.Reason reason) {
        assertThat(reason.code()).matches("[a-z]+(-[a-z]+)*");
    }

    @Test
    void the_exception_carries_the_rejection_and_no_stack_trace() {
        // Given a rejection about a field
        Rejection rejection = new Rejection(Rejection.Reason.MISSING_FIELD, "is required").of("data.feature");

        // Then
        assertThat(new RejectedException(rejection).rejection()).isEqualTo(rejection);
        assertThat(new RejectedException(rejection))
                .hasMessage("missing-field: data.feature is required")
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isEmpty());
    }
}
