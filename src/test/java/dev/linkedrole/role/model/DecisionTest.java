package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Decision.Effect;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The description of an event's effect. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class DecisionTest {

    private static final String FEATURE = "agent-events";
    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/one";

    @Property
    void what_is_granted_and_taken_is_what_differs(@ForAll LinkedRole before, @ForAll RoleEvent event) {
        // When
        Decision decision = Decision.of(before, event);

        // Then adding and taking just that leads from one state's grants to the other's
        Set<Grant> grants = new HashSet<>(before.grants());
        assertThat(grants).containsAll(decision.taken());
        assertThat(decision.granted()).noneMatch(grants::contains);
        grants.removeAll(decision.taken());
        grants.addAll(decision.granted());
        assertThat(grants).isEqualTo(decision.after().grants());
        assertThat(decision.after()).isEqualTo(before.apply(event));
    }

    @Property
    void the_effect_tells_whether_the_role_or_only_the_knowledge_changed(
            @ForAll LinkedRole before, @ForAll RoleEvent event) {
        // When
        Decision decision = Decision.of(before, event);

        // Then
        boolean sameRole = decision.after().grants().equals(before.grants())
                && decision.after().released() == before.released()
                && (!decision.after().live()
                        || (decision.after().descriptionWrite().equals(before.descriptionWrite())
                                && decision.after().adoptedAt().equals(before.adoptedAt())));
        boolean sameState = decision.after().equals(before);
        assertThat(decision.effect())
                .isEqualTo(sameState ? Effect.SUPERSEDED : sameRole ? Effect.REMEMBERED : Effect.CHANGED);
    }

    @Property
    void an_event_that_was_applied_is_superseded_ever_after(
            @ForAll LinkedRole before, @ForAll RoleEvent event, @ForAll LinkedRole more) {
        // Given a state that knows the event, and more
        LinkedRole later = before.apply(event).join(more);

        // Then the event says nothing new to it
        assertThat(Decision.of(later, event).effect()).isEqualTo(Effect.SUPERSEDED);
    }

    @Property
    void superseded_once_is_superseded_by_every_later_state(
            @ForAll LinkedRole before, @ForAll RoleEvent event, @ForAll LinkedRole more) {
        // Given an event that came too late for one state, though that may never have seen it
        Assume.that(Decision.of(before, event).effect() == Effect.SUPERSEDED);

        // Then it comes too late for each that knows more
        assertThat(Decision.of(before.join(more), event).effect()).isEqualTo(Effect.SUPERSEDED);
    }

    @Example
    void announcing_an_instance_grants_the_base_and_all_that_waited() {
        // Given a feature that was enabled early
        LinkedRole early = Events.after(List.of(Events.enabled(1, FEATURE, STREAM)));

        // When
        Decision decision = Decision.of(early, Events.created(0));

        // Then
        assertThat(decision.effect()).isEqualTo(Effect.CHANGED);
        assertThat(decision.granted()).containsExactly(Grant.of(FEATURE, STREAM), Grant.BASE);
        assertThat(decision.taken()).isEmpty();
    }

    @Example
    void deleting_an_instance_takes_everything() {
        // Given a live role with a feature
        LinkedRole live = Events.after(List.of(Events.created(0), Events.enabled(1, FEATURE, STREAM)));

        // When
        Decision decision = Decision.of(live, Events.deleted(2));

        // Then
        assertThat(decision.effect()).isEqualTo(Effect.CHANGED);
        assertThat(decision.taken()).containsExactly(Grant.of(FEATURE, STREAM), Grant.BASE);
        assertThat(decision.granted()).isEmpty();
    }

    @Example
    void an_event_before_the_announcement_is_remembered() {
        // Given nothing known
        LinkedRole unknown = LinkedRole.unknown(Events.INSTANCE);

        // Then an event that grants nothing yet is still kept
        assertThat(Decision.of(unknown, Events.enabled(1, FEATURE, STREAM)).effect())
                .isEqualTo(Effect.REMEMBERED);
        assertThat(Decision.of(unknown, Events.deleted(1)).effect()).isEqualTo(Effect.REMEMBERED);
    }
}
