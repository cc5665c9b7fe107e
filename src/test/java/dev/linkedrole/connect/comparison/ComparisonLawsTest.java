package dev.linkedrole.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.comparison.ConnectHistory.Call;
import dev.linkedrole.connect.comparison.ConnectHistory.Read;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.model.Announcement;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.EnabledOnly;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;

/**
 * The laws of a comparison, over random histories of Amazon Connect whose records are lost, late, repeated and
 * reordered, with a reading that begins anywhere in them.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE, tries = 200)
class ComparisonLawsTest {

    private static final String DOMAIN = "arn:aws:profile:us-west-2:111122223333:domains/acme";

    private final Instance instance = Instance.random();
    private final MessageDecoder decoder = Defaults.messageDecoder(Defaults.CATALOG);
    private final InstanceComparison comparison = new InstanceComparison(Defaults.CATALOG);

    /** One run: what was delivered before and after the comparison, and what it found. */
    private final class Run {

        private final Random random;
        private final ConnectHistory history;
        private final Read read;
        private final Instant second;
        private final List<RoleEvent> delivered = new ArrayList<>();
        private final Map<String, Association> associations = new HashMap<>();
        private final LinkedRole before;
        private final Comparison found;
        private final LinkedRole compared;
        private final LinkedRole end;
        private LinkedRole role = LinkedRole.unknown(instance.arn());

        Run(Random random) {
            this.random = random;
            this.history = new ConnectHistory(instance, random, 5 + random.nextInt(40));
            this.read =
                    history.read(Instance.START.plusNanos(random.nextLong(ConnectHistory.SPAN.toNanos())), someParts());
            this.second = read.reading().begunAt().truncatedTo(ChronoUnit.SECONDS);

            boolean announced = random.nextInt(5) > 0;
            if (announced) {
                deliver(instance.created(-3_600));
            }
            producers().forEach(this::deliver);
            List<Call> early = new ArrayList<>();
            List<Call> late = new ArrayList<>();
            for (Call call : history.calls()) {
                boolean mayBeLate = !call.time().isBefore(second);
                if (random.nextInt(10) >= 3) {
                    (mayBeLate && random.nextBoolean() ? late : early).add(call);
                }
            }
            shuffledAndDoubled(early).forEach(this::deliver);
            this.before = role;
            this.found = comparison.compare(read.reading(), Optional.of(role));
            found.events().forEach(event -> role = role.apply(event));
            this.compared = role;
            if (announced) {
                // Without an alias a call meant nothing before; repeated later, it is an older one that is new.
                late.addAll(
                        early.stream().filter(call -> random.nextInt(4) == 0).toList());
            }
            shuffledAndDoubled(late).forEach(this::deliver);
            this.end = role;
        }

        private Set<String> someParts() {
            return ConnectHistory.parts().stream()
                    .filter(part -> random.nextInt(8) == 0)
                    .collect(Collectors.toSet());
        }

        private List<RoleEvent> producers() {
            return Stream.of(
                            instance.enabled(random.nextInt(5), "customer-profiles", DOMAIN),
                            instance.disabled(random.nextInt(5), "customer-profiles", DOMAIN),
                            instance.enabled(
                                    -random.nextInt(1, 60), "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:old"),
                            instance.enabled(-random.nextInt(1, 60), "call-recordings", "arn:aws:s3:::old-bucket"))
                    .filter(event -> random.nextBoolean())
                    .toList();
        }

        private List<Call> shuffledAndDoubled(List<Call> calls) {
            List<Call> all = new ArrayList<>(calls);
            calls.stream().filter(call -> random.nextBoolean()).forEach(all::add);
            Collections.shuffle(all, random);
            return all;
        }

        private void deliver(Call call) {
            events(decoder.decode(call.message())).forEach(this::deliver);
        }

        private void deliver(RoleEvent event) {
            delivered.add(event);
            role = role.apply(event);
        }

        private List<RoleEvent> events(Decoded decoded) {
            return switch (decoded) {
                case Decoded.Mapped(List<RoleEvent> events) -> events;
                case Decoded.NeedsAlias needs ->
                    events(needs.then().apply(role.announcement().map(Announcement::alias)));
                case Decoded.NeedsAssociation needs ->
                    events(needs.then().apply(associations.merge(needs.id(), needs.known(), Association::join)));
                case Decoded.Dropped dropped -> List.of();
                case Decoded.Event event -> throw new AssertionError(event);
            };
        }

        /** Returns the state that would be there without the comparison. */
        LinkedRole without() {
            return instance.after(delivered);
        }

        /** Returns every grant that plays a part. */
        Set<Grant> grants() {
            Set<Grant> grants = new HashSet<>(read.grants());
            delivered.forEach(event -> grants.addAll(LinkedRole.named(event)));
            return grants;
        }

        boolean wasRead(Grant grant) {
            return !read.unreadFeatures().contains(grant.feature());
        }

        boolean anyDelivered(Grant grant, boolean enabled, Predicate<Instant> time) {
            return delivered.stream()
                    .anyMatch(event -> time.test(event.time())
                            && switch (event) {
                                case RoleEvent.FeatureEnabled on ->
                                    enabled && LinkedRole.named(on).contains(grant);
                                case RoleEvent.FeatureDisabled off ->
                                    !enabled
                                            && off.feature().equals(grant.feature())
                                            && (off.resources().isEmpty()
                                                    || LinkedRole.named(off).contains(grant));
                                default -> false;
                            });
        }
    }

    private static boolean isOfService(Grant grant) {
        return Defaults.CATALOG.feature(grant.feature()).orElseThrow().authority() == Feature.Authority.SERVICE;
    }

    @Property
    void a_grant_is_as_it_was_read_unless_something_newer_says_otherwise(@ForAll Random random) {
        Run run = new Run(random);

        for (Grant grant : run.grants()) {
            if (isOfService(grant) && run.wasRead(grant)) {
                boolean said = run.read.grants().contains(grant);
                boolean enabled = run.end.enabled().contains(grant);
                if (enabled && !said) {
                    assertThat(run.anyDelivered(
                                    grant,
                                    true,
                                    time -> !time.isBefore(run.read.reading().begunAt())))
                            .as("%s is enabled although it was not read", grant)
                            .isTrue();
                }
                if (!enabled && said) {
                    assertThat(run.anyDelivered(grant, false, time -> !time.isBefore(run.second)))
                            .as("%s is disabled although it was read", grant)
                            .isTrue();
                }
            }
        }
    }

    @Property
    void what_newer_records_say_last_is_not_undone(@ForAll Random random) {
        Run run = new Run(random);
        LinkedRole without = run.without();

        for (Grant grant : run.grants()) {
            boolean on = run.anyDelivered(
                    grant, true, time -> time.isAfter(run.read.reading().begunAt()));
            boolean off = run.anyDelivered(grant, false, time -> !time.isBefore(run.second));
            if (on || off) {
                assertThat(run.end.enabled().contains(grant))
                        .as("%s", grant)
                        .isEqualTo(without.enabled().contains(grant));
            }
        }
    }

    @Property
    void what_was_not_read_and_what_others_speak_for_does_not_change(@ForAll Random random) {
        Run run = new Run(random);
        LinkedRole without = run.without();

        for (Grant grant : run.grants()) {
            if (!isOfService(grant) || !run.wasRead(grant)) {
                assertThat(run.end.enabled().contains(grant))
                        .as("%s", grant)
                        .isEqualTo(without.enabled().contains(grant));
                assertThat(run.end.grantWrites().get(grant))
                        .isEqualTo(without.grantWrites().get(grant));
            }
        }
        assertThat(run.found.notes()).hasSize(run.read.unreadFeatures().size());
    }

    @Property
    void comparing_again_finds_nothing(@ForAll Random random) {
        Run run = new Run(random);

        for (LinkedRole state : List.of(run.compared, run.end)) {
            Comparison again = comparison.compare(run.read.reading(), Optional.of(state));
            assertThat(again.events()).isEmpty();

            // A record without its disabled grants may give events, which change nothing
            LinkedRole known = state;
            for (RoleEvent event : comparison
                    .compare(run.read.reading(), Optional.of(EnabledOnly.of(state)))
                    .events()) {
                known = known.apply(event);
            }
            assertThat(known).isEqualTo(state);
        }
    }

    @Property
    void the_events_may_be_recorded_in_any_order_among_the_others(@ForAll Random random) {
        Run run = new Run(random);

        List<RoleEvent> all = new ArrayList<>(run.delivered);
        all.addAll(run.found.events());
        all.addAll(run.found.events());
        Collections.shuffle(all, random);

        assertThat(instance.after(all)).isEqualTo(run.end);
    }

    @Property
    void no_event_is_without_effect(@ForAll Random random) {
        Run run = new Run(random);

        LinkedRole state = run.before;
        for (RoleEvent event : run.found.events()) {
            LinkedRole after = state.apply(event);
            assertThat(after.enabled().equals(state.enabled()) && after.announced() == state.announced())
                    .as("%s changes nothing", event)
                    .isFalse();
            state = after;
        }
    }

    @Property
    void once_all_is_quiet_a_reading_makes_everything_as_amazon_connect_says(@ForAll Random random) {
        Run run = new Run(random);
        Read last = run.history.read(Instance.START.plus(ConnectHistory.SPAN).plusSeconds(1), Set.of());

        LinkedRole end = run.end;
        for (RoleEvent event :
                comparison.compare(last.reading(), Optional.of(run.end)).events()) {
            end = end.apply(event);
        }

        assertThat(end.enabled().stream().filter(ComparisonLawsTest::isOfService))
                .containsExactlyElementsOf(new TreeSet<>(last.grants()));
        assertThat(end.announced()).isTrue();
    }
}
