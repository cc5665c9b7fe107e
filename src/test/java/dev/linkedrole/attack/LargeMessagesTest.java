package dev.linkedrole.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of SQS's maximum size that are expensive to parse. */
class LargeMessagesTest {

    private static final int LIMIT = 1_048_576;

    /** Far more than a mebibyte takes on a busy machine, and far less than a visibility timeout. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Maximum total allocation for reading one message; only a part is live at any time. */
    private static final long MAX_BYTES = 160L * 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);

    static Stream<Arguments> messages() {
        String event = Envelopes.CLOUD_EVENT.wrap(Instance.random().created(0)).toString();
        String open = event.substring(0, event.length() - 1) + ",\"more\":";
        return Stream.of(
                argumentSet("deep arrays", "[".repeat(LIMIT)),
                argumentSet("deep objects", fill("{\"a\":", "", i -> "{\"a\":")),
                argumentSet("deep arrays in an unknown field", open + "[".repeat(LIMIT - open.length())),
                argumentSet("small arrays", fill(open + "[[]", "]}", i -> ",[]")),
                argumentSet("small objects", fill(open + "[{}", "]}", i -> ",{}")),
                argumentSet("small numbers", fill(open + "[1", "]}", i -> ",1000")),
                argumentSet("large numbers", fill(open + "[1", "]}", i -> "," + "9".repeat(1_000))),
                argumentSet("a number of a megabyte", fill(open + "1", "}", i -> "9")),
                argumentSet("a fraction of a megabyte", fill(open + "0.", "}", i -> "1")),
                argumentSet("a great exponent", fill(open + "[1", "]}", i -> ",1e999999")),
                argumentSet(
                        "many fields", fill(open + "{\"a\":1", "}}", i -> ",\"" + Integer.toString(i, 36) + "\":1")),
                argumentSet("fields of equal hashes", fill(open + "{\"a\":1", "}}", i -> ",\"" + sameHash(i) + "\":1")),
                argumentSet("a long field name", fill(open + "{\"", "\":1}}", i -> "n")),
                argumentSet("a long text", fill(open + "\"", "\"}", i -> "x")),
                argumentSet("a long escaped text", fill(open + "\"", "\"}", i -> "\\u00e9")),
                argumentSet("white space", fill(event, "", i -> " ")),
                argumentSet("line ends", fill("", event, i -> "\n")),
                argumentSet("quotation marks", "\"".repeat(LIMIT)),
                argumentSet("backslashes", fill("{\"a\":\"", "", i -> "\\")),
                argumentSet("nothing", "\u0000".repeat(LIMIT)),
                argumentSet("byte order marks", "\uFEFF".repeat(LIMIT / 3)),
                argumentSet("a long type", event.replace("instance-created", "-".repeat(LIMIT - event.length()))),
                argumentSet(
                        "a long time",
                        event.replace("2026-11-23T", "2026-11-23T" + "0".repeat(LIMIT - event.length()))),
                argumentSet(
                        "a long instance",
                        event.replace("arn:aws", "arn:aws" + "-a".repeat(LIMIT / 2 - event.length()))),
                argumentSet("resources of all lengths", resources(i -> "arn:aws:s3:::acme" + "/a".repeat(i % 1_000))),
                argumentSet(
                        "resources of one kind after another",
                        resources(i -> "arn:aws:lex:us-west-2:111122223333:bot:b" + i)),
                argumentSet("resources without a kind", resources(i -> ":".repeat(1_000))),
                argumentSet("notifications in notifications", notifications()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_of_one_mebibyte_takes_bounded_time_and_memory(String body) {
        // Given a thread that has seen all classes that it needs
        assertThat(body.length()).isLessThanOrEqualTo(LIMIT);
        read(body);

        // When
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        Optional<Rejection> rejection = read(body);

        // Then
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpu)).isLessThan(LONGEST);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MAX_BYTES);
        assertThat(rejection.map(Rejection::detail).orElse("")).hasSizeLessThan(1_000);
    }

    private Optional<Rejection> read(String body) {
        try {
            RoleEvent event = decoder.decode(body);
            assertThat(event.instance().account()).isEqualTo(Instance.ACCOUNT);
            return Optional.empty();
        } catch (RejectedException rejected) {
            return Optional.of(rejected.rejection());
        }
    }

    private static String fill(String beginning, String end, IntFunction<String> more) {
        StringBuilder text = new StringBuilder(beginning);
        int i = 0;
        String next = more.apply(i);
        while (text.length() + next.length() + end.length() <= LIMIT) {
            text.append(next);
            next = more.apply(++i);
        }
        return text.append(end).toString();
    }

    /**
     * Returns a text whose hash equals that of the others: "Aa" and "BB" have the same hash, and so have texts composed
     * of them.
     */
    private static String sameHash(int number) {
        return IntStream.range(0, 16)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static String resources(IntFunction<String> resource) {
        String event = Envelopes.CLOUD_EVENT
                .wrap(Instance.random().enabled(1, "call-recordings"))
                .toString();
        String open = event.substring(0, event.length() - 2) + ",\"resources\":[\"arn:aws:s3:::acme\"";
        StringBuilder text = new StringBuilder(open);
        for (int i = 1; i < 1_000 && text.length() + 2_100 < LIMIT; i++) {
            text.append(",\"").append(resource.apply(i)).append('"');
        }
        return text.append("]}}").toString();
    }

    private static String notifications() {
        String message = "{}";
        String next = message;
        while (next.length() < LIMIT) {
            message = next;
            next = "{\"Type\":\"Notification\",\"Message\":\""
                    + message.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
        return message;
    }
}
