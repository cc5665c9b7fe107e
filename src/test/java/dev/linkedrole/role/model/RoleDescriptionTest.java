package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions that IAM accepts. */
class RoleDescriptionTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Ours.", "one\tline\r\nand another", "~", "\u00A1Ol\u00E9! \u00FF"})
    void what_iam_takes_is_a_description(String text) {
        assertThat(new RoleDescription(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0000", "bell\u0007", "\u007F", "\u0080", "no-break\u00A0space", "\u0100", "\uD83D\uDE00"})
    void other_characters_are_rejected(String text) {
        assertThatThrownBy(() -> new RoleDescription(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("Latin-1");
    }

    @Test
    void more_than_a_thousand_characters_are_rejected() {
        assertThat(new RoleDescription("\u00E9".repeat(1000)).text()).hasSize(1000);
        assertThatThrownBy(() -> new RoleDescription("x".repeat(1001)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("1000")
                .hasMessageContaining("1001");
    }

    @Test
    void the_later_description_counts_and_at_the_same_time_the_greater() {
        // Given
        DescriptionWrite early = new DescriptionWrite(Events.at(1), new RoleDescription("b"));
        DescriptionWrite late = new DescriptionWrite(Events.at(2), new RoleDescription("a"));
        DescriptionWrite greater = new DescriptionWrite(Events.at(2), new RoleDescription("b"));

        // Then, whichever is known first
        assertThat(early.later(late)).isEqualTo(late).isEqualTo(late.later(early));
        assertThat(late.later(greater)).isEqualTo(greater).isEqualTo(greater.later(late));
    }
}
