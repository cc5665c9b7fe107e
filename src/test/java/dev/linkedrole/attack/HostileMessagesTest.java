package dev.linkedrole.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.iam.ContractOracle;
import dev.linkedrole.testing.iam.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Every body is decoded to an event or rejected, and every event grants its rows of the contract's table, with its own
 * resources, and no more.
 */
class HostileMessagesTest {

    /** Number of messages per try; {@code make fuzz} sets more. */
    private static final int MESSAGES = Integer.getInteger("fuzz.messages", 200);

    private static final int MAX_DETAIL = 2_000;

    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);
    private final MessageDecoder calls = Defaults.messageDecoder(Defaults.CATALOG);

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void every_message_is_an_event_within_its_rows_or_a_rejection(@ForAll("seeds") long seed) {
        HostileMessages messages = new HostileMessages(new Random(seed));
        for (int i = 0; i < MESSAGES; i++) {
            String body = messages.next();
            try {
                check(body);
            } catch (Throwable fault) {
                throw new AssertionError("message " + i + " of the seed " + seed + ": " + body, fault);
            }
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void every_api_call_is_events_within_their_rows_or_nothing(@ForAll("seeds") long seed) {
        HostileMessages messages = new HostileMessages(new Random(seed));
        for (int i = 0; i < MESSAGES; i++) {
            String body = messages.nextCall();
            try {
                checkCall(body);
            } catch (Throwable fault) {
                throw new AssertionError("message " + i + " of the seed " + seed + ": " + body, fault);
            }
        }
    }

    private void checkCall(String body) {
        try {
            switch (calls.decode(body)) {
                case Decoded.Mapped(List<RoleEvent> events) -> {
                    Statistics.collect("events");
                    events.forEach(event -> {
                        assertIsKeptAsItIs(event);
                        if (event instanceof RoleEvent.FeatureEnabled enabled) {
                            assertStaysWithinItsRows(enabled);
                        }
                    });
                }
                case Decoded.Dropped dropped -> Statistics.collect(dropped.why());
                case Decoded.Event event -> Statistics.collect("an event of a producer");
                case Decoded.NeedsAlias needs -> throw new AssertionError(needs);
                case Decoded.NeedsAssociation needs -> throw new AssertionError(needs);
            }
        } catch (RejectedException rejected) {
            Statistics.collect(rejected.rejection().reason());
            assertIsOneSentence(rejected.rejection());
        }
    }

    /** A seed stands for a whole series of messages, so that none is more of an edge case than another. */
    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }

    private void check(String body) {
        RoleEvent event;
        try {
            event = decoder.decode(body);
        } catch (RejectedException rejected) {
            Statistics.collect(rejected.rejection().reason());
            assertIsOneSentence(rejected.rejection());
            return;
        }
        Statistics.collect("an event");
        assertIsKeptAsItIs(event);
        if (event instanceof RoleEvent.FeatureEnabled enabled) {
            assertStaysWithinItsRows(enabled);
        }
    }

    private static void assertIsOneSentence(Rejection rejection) {
        assertThat(rejection.detail()).hasSizeBetween(10, MAX_DETAIL);
        assertThat(rejection.detail().chars()).as(rejection.detail()).allMatch(c -> c >= ' ' && c <= '~');
        rejection.field().ifPresent(field -> assertThat(rejection.detail()).contains(field));
    }

    /** Asserts that an event survives encoding in UTF-8 and fits into one log line. */
    private static void assertIsKeptAsItIs(RoleEvent event) {
        assertThat(Instant.parse(event.time().toString())).isEqualTo(event.time());
        assertThat(event.eventId().toString().chars()).allMatch(c -> c >= ' ' && c <= '~');
        assertThat(isWellFormed(event.eventId().id())).isTrue();
        assertThat(isWellFormed(event.eventId().source())).isTrue();
        assertThat(event instanceof RoleEvent.InstanceCreated created && !isWellFormed(created.alias()))
                .isFalse();
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static void assertStaysWithinItsRows(RoleEvent.FeatureEnabled enabled) {
        assertThat(enabled.resources())
                .allMatch(resource -> ContractOracle.isSingleAndAtSlot(resource, enabled.instance()));
        DesiredRole.Present role = Defaults.COMPILER.compileAnnounced(LinkedRole.of(enabled));
        assertThat(role.name().value())
                .isEqualTo(RoleName.of(
                                "AWSServiceRoleForAmazonConnect_",
                                enabled.instance().id())
                        .value());
        if (role.charactersOver() == 0) {
            assertThat(permissions(role)).isEqualTo(ContractOracle.after(enabled));
        }
    }

    private static SortedSet<Permission> permissions(DesiredRole.Present role) {
        SortedSet<Permission> permissions = new TreeSet<>();
        role.packing().documents().values().forEach(policy -> permissions.addAll(Permission.allowedBy(policy)));
        return permissions;
    }
}
