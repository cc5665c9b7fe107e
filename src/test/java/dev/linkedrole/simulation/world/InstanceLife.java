package dev.linkedrole.simulation.world;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.GrantTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An instance and all events that its producers send. */
public record InstanceLife(InstanceArn instance, List<RoleEvent> events) {

    private static final int MAX_GRANTS = 9;
    private static final int SECONDS = 12;
    private static final int MAX_BOTS_AT_ONCE = 90;

    public InstanceLife {
        events = List.copyOf(events);
    }

    /** Creates a random life. Many of its events have the same few times, so that ties matter. */
    public static InstanceLife any(Randomness chance, boolean large) {
        Author author = new Author(chance, chance.digits(32));
        List<RoleEvent> events = new ArrayList<>();
        int grants = 1 + chance.below(MAX_GRANTS);
        for (int i = 0; i < grants; i++) {
            events.add(large && chance.hits(0.8) ? author.bots() : author.feature());
        }
        if (chance.hits(0.92)) {
            events.add(author.created());
        }
        if (chance.hits(0.08)) {
            events.add(author.created());
        }
        if (chance.hits(0.3)) {
            events.add(author.deleted());
        }
        return new InstanceLife(author.instance, events);
    }

    /** Returns the recorded name of its role; without a record the name by the settings. */
    public RoleName roleName(Cloud cloud) {
        return cloud.table
                .load(instance.id())
                .flatMap(RoleRecord::identity)
                .map(RoleIdentity::name)
                .orElseGet(this::roleName);
    }

    /** Returns the name that its role would have by the other settings. */
    public RoleName otherName() {
        return RoleName.of(Setting.OTHER_PREFIX, instance.id());
    }

    /** Returns the name that its role has by the initial settings. */
    public RoleName roleName() {
        return RoleName.of(Defaults.SETTINGS.namePrefix(), instance.id());
    }

    /** Returns the event with this id, if the life has it. */
    Optional<RoleEvent> event(EventId id) {
        return events.stream().filter(event -> event.eventId().equals(id)).findFirst();
    }

    public List<RoleEvent> those(Set<EventId> ids) {
        return events.stream().filter(event -> ids.contains(event.eventId())).toList();
    }

    /** Author of the events of one instance. */
    private static final class Author {

        private final Randomness chance;
        private final InstanceArn instance;
        private int written;

        Author(Randomness chance, String digits) {
            this.chance = chance;
            String id = String.join(
                    "-",
                    digits.substring(0, 8),
                    digits.substring(8, 12),
                    digits.substring(12, 16),
                    digits.substring(16, 20),
                    digits.substring(20));
            this.instance = new InstanceArn("aws", "connect", Instance.REGION, Instance.ACCOUNT, new InstanceId(id));
        }

        private EventId id() {
            return new EventId("e" + ++written, "acme/" + instance.id().value().substring(0, 8));
        }

        private Instant time() {
            return Instance.START.plusSeconds(chance.below(SECONDS));
        }

        RoleEvent created() {
            return new RoleEvent.InstanceCreated(id(), instance, time(), "acme-" + written);
        }

        RoleEvent deleted() {
            return new RoleEvent.InstanceDeleted(id(), instance, time());
        }

        RoleEvent feature() {
            GrantTable.Row row = chance.oneOf(HistoryRows.CONTRACT);
            Set<String> resources = Set.copyOf(row.resources());
            return switch (chance.below(5)) {
                case 0 -> new RoleEvent.FeatureDisabled(id(), instance, time(), row.feature(), resources);
                case 1 -> new RoleEvent.FeatureDisabled(id(), instance, time(), row.feature(), Set.of());
                default -> new RoleEvent.FeatureEnabled(id(), instance, time(), row.feature(), resources);
            };
        }

        RoleEvent bots() {
            int from = chance.below(HistoryRows.BOTS - MAX_BOTS_AT_ONCE);
            int to = from + 1 + chance.below(MAX_BOTS_AT_ONCE);
            Set<String> bots = IntStream.range(from, to).mapToObj(Bots::bot).collect(Collectors.toSet());
            return chance.hits(0.25)
                    ? new RoleEvent.FeatureDisabled(id(), instance, time(), "lex-bots", bots)
                    : new RoleEvent.FeatureEnabled(id(), instance, time(), "lex-bots", bots);
        }
    }
}
