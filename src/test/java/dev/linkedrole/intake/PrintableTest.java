package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.sqs.DeadLetterQueues;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** SQS accepts the detail of every rejection, although it quotes the message. */
class PrintableTest {

    @Property
    void whatever_was_sent_sqs_takes_what_is_said_of_it(@ForAll @StringLength(max = 1_200) String detail) {
        // When
        String printable = DeadLetterQueues.printable(detail);

        // Then it has the characters of XML 1.0 alone, and not too many
        assertThat(printable.codePoints())
                .allMatch(c -> (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000);
        assertThat(printable.codePointCount(0, printable.length())).isLessThanOrEqualTo(1_000);
    }

    @Property
    void a_character_that_can_be_sent_is_kept(@ForAll @StringLength(max = 200) String detail) {
        String printable = DeadLetterQueues.printable(detail);
        assertThat(DeadLetterQueues.printable(printable)).isEqualTo(printable);
    }

    @Example
    void half_a_surrogate_pair_and_control_characters_are_replaced() {
        assertThat(DeadLetterQueues.printable("a\u0000b\nc\uD83Dd\uFFFEe\uD83D\uDE00"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uD83D\uDE00");
    }
}
