package dev.linkedrole.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A reading, and the events that it gives, on a page to read. */
class ComparisonPageTest {

    private static final Path PAGE = Path.of("src/test/resources/connect/comparison.txt");
    private static final InstanceArn INSTANCE =
            InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");
    private static final Instant BEGUN = Instant.parse("2026-11-30T12:00:00.25Z");

    private final InstanceComparison comparison = new InstanceComparison(Defaults.CATALOG);
    private final StringBuilder page = new StringBuilder();

    /** A run with {@code -Dgolden.update=true} writes the page again. */
    @Test
    void the_page_shows_what_a_reading_gives() throws IOException {
        InstanceReading reading = new Settings()
                .created(Instant.parse("2017-05-04T03:02:01Z"))
                .inBucket("CALL_RECORDINGS", "acme-calls", "connect/acme/CallRecordings")
                .with(
                        "CONTACT_TRACE_RECORDS",
                        new StorageConfig.DataStream("arn:aws:kinesis:us-west-2:111122223333:stream/ctr"))
                .inBucket("SCHEDULED_REPORTS", "acme-reports", "reports*")
                .unread("storage AGENT_EVENTS")
                .with(new Bot.LexV1("Order", "us-west-2"))
                .with(new Bot.LexV1("Refund", "eu-west-2"))
                .with(new Integration("i1", "VOICE_ID", "arn:aws:voiceid:us-west-2:111122223333:domain/Dm1"))
                .with(new Integration("i2", "WISDOM_ASSISTANT", "arn:aws:wisdom:us-west-2:111122223333:assistant/1"))
                .with("CONTACTFLOW_LOGS", "true")
                .reading(INSTANCE, BEGUN);
        LinkedRole differing = LinkedRole.unknown(INSTANCE)
                .apply(new RoleEvent.InstanceCreated(id(1), INSTANCE, at("10:00:00Z"), ""))
                .apply(enabled(2, "10:00:00Z", "call-recordings", "arn:aws:s3:::acme-calls/old"))
                .apply(enabled(3, "10:00:00Z", "exported-reports", "arn:aws:s3:::acme-reports/old"))
                .apply(enabled(4, "10:00:00Z", "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/agents"))
                .apply(enabled(5, "10:00:00Z", "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Order"))
                .apply(enabled(6, "10:00:00Z", "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Refund"))
                .apply(enabled(7, "12:00:00.5Z", "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Newer"))
                .apply(enabled(8, "10:00:00Z", "outbound-campaigns"))
                .apply(enabled(
                        9, "10:00:00Z", "customer-profiles", "arn:aws:profile:us-west-2:111122223333:domains/acme"));

        describe(reading);
        describe("Nothing is recorded", Optional.empty(), reading);
        describe("Something else is recorded", Optional.of(differing), reading);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
            return;
        }
        assertThat(page).hasToString(Files.readString(PAGE));
    }

    private void describe(InstanceReading reading) {
        line("Amazon Connect, asked from " + reading.begunAt() + " on");
        line("  instance " + reading.instance().arn());
        line("  alias " + reading.instance().alias().orElse("none") + ", created at "
                + reading.instance().createdAt().map(Instant::toString).orElse("no known time"));
        new TreeMap<>(reading.storage())
                .forEach((type, places) -> line("  " + type + " "
                        + places.stream().map(StorageConfig::storage).toList()));
        new TreeMap<>(reading.bots()).forEach((version, bots) -> line("  bots " + bots));
        line("  integrations " + reading.integrations().orElseThrow());
        line("  attributes " + reading.attributes().orElseThrow());
        reading.unread().forEach(unread -> line("  not read: " + unread.part() + ", " + unread.reason()));
    }

    private void describe(String title, Optional<LinkedRole> recorded, InstanceReading reading) {
        line("");
        line(title);
        recorded.ifPresent(role -> {
            line("  announced with the alias '"
                    + role.announcement().orElseThrow().alias() + "'");
            role.enabled()
                    .forEach(grant -> line("  " + grant + ", since "
                            + Objects.requireNonNull(role.grantWrites().get(grant))
                                    .time()));
        });
        line("gives the events");
        Comparison found = comparison.compare(reading, recorded);
        found.events().forEach(event -> line("  " + event.time() + " " + event.type() + " " + content(event)));
        line("and the notes");
        found.notes().forEach(note -> line("  " + note));
    }

    private static String content(RoleEvent event) {
        return switch (event) {
            case RoleEvent.InstanceCreated created -> "'" + created.alias() + "'";
            case RoleEvent.FeatureEnabled enabled -> enabled.feature() + " " + new TreeSet<>(enabled.resources());
            case RoleEvent.FeatureDisabled disabled -> disabled.feature() + " " + new TreeSet<>(disabled.resources());
            default -> throw new AssertionError(event);
        };
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static RoleEvent enabled(int number, String time, String feature, String... resources) {
        return new RoleEvent.FeatureEnabled(id(number), INSTANCE, at(time), feature, Set.copyOf(List.of(resources)));
    }

    private static EventId id(int number) {
        return new EventId(String.valueOf(number), "test");
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-30T" + time);
    }
}
