package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The content of an event's digest. */
class EventDigestTest {

    private static final EventId ID = new EventId("1", "acme");
    private static final EventId OTHER = new EventId("2", "elsewhere");

    @Test
    void the_id_and_the_order_of_resources_are_not_in_it() {
        RoleEvent event = enabled(ID, "lex-bots", new LinkedHashSet<>(List.of("arn:a", "arn:b")));
        RoleEvent same = enabled(OTHER, "lex-bots", new LinkedHashSet<>(List.of("arn:b", "arn:a")));

        assertThat(EventDigest.of(event)).isEqualTo(EventDigest.of(same));
        assertThat(EventDigest.isComparable(EventDigest.of(event))).isTrue();
    }

    @Test
    void all_that_an_event_says_is_in_it() {
        // Given events that differ in one thing each
        List<RoleEvent> events = List.of(
                enabled(ID, "lex-bots", Set.of("arn:a")),
                enabled(ID, "lex-bots", Set.of("arn:b")),
                enabled(ID, "lex-bots", Set.of("arn:a", "arn:b")),
                enabled(ID, "lex-bots", Set.of("arn:aarn:b")),
                enabled(ID, "tasks", Set.of("arn:a")),
                new RoleEvent.FeatureEnabled(ID, Events.INSTANCE, Events.at(2), "lex-bots", Set.of("arn:a")),
                new RoleEvent.FeatureDisabled(ID, Events.INSTANCE, Events.at(1), "lex-bots", Set.of("arn:a")),
                new RoleEvent.FeatureDisabled(ID, Events.INSTANCE, Events.at(1), "lex-bots", Set.of()),
                new RoleEvent.InstanceCreated(ID, Events.INSTANCE, Events.at(1), "acme"),
                new RoleEvent.InstanceCreated(ID, Events.INSTANCE, Events.at(1), ""),
                new RoleEvent.InstanceDeleted(ID, Events.INSTANCE, Events.at(1)),
                new RoleEvent.RoleAdopted(ID, Events.INSTANCE, Events.at(1)),
                new RoleEvent.RoleReleased(ID, Events.INSTANCE, Events.at(1)),
                new RoleEvent.DescriptionEdited(ID, Events.INSTANCE, Events.at(1), new RoleDescription("a")),
                new RoleEvent.DescriptionEdited(ID, Events.INSTANCE, Events.at(1), new RoleDescription("b")));

        // Then no two have the same
        assertThat(events.stream().map(EventDigest::of)).doesNotHaveDuplicates();
    }

    @Test
    void one_that_is_made_otherwise_is_not_compared() {
        assertThat(EventDigest.isComparable("2:abc")).isFalse();
    }

    private static RoleEvent enabled(EventId id, String feature, Set<String> resources) {
        return new RoleEvent.FeatureEnabled(id, Events.INSTANCE, Events.at(1), feature, resources);
    }
}
