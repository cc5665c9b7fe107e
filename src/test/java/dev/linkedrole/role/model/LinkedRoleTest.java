package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The effect of events on a role, and precedence between them. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class LinkedRoleTest {

    private static final String FEATURE = "agent-events";
    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/one";
    private static final Grant GRANT = Grant.of(FEATURE, STREAM);

    @Provide
    Arbitrary<Integer> second() {
        return ConflictingEvents.seconds();
    }

    @Provide
    Arbitrary<String> feature() {
        return Arbitraries.of(ConflictingEvents.FEATURES);
    }

    @Property
    void it_agrees_with_the_contract_read_literally(@ForAll List<RoleEvent> events) {
        // Given a model that keeps every event and reads them in order of time
        ReferenceRole reference = new ReferenceRole(events);

        // When the same events are applied as they come
        LinkedRole role = Events.after(events);

        // Then both say the same
        assertThat(role.enabled()).isEqualTo(reference.enabled());
        assertThat(role.grants()).isEqualTo(reference.grants());
        assertThat(role.announced()).isEqualTo(reference.announced());
        assertThat(role.deleted()).isEqualTo(reference.deleted());
        assertThat(role.descriptionWrite()
                        .map(described -> described.description().text()))
                .isEqualTo(reference.description());
        assertThat(role.adoptedAt()).isEqualTo(reference.adoptedAt());
        assertThat(role.released()).isEqualTo(reference.released());
    }

    @Property
    void deletion_wins_for_ever(
            @ForAll LinkedRole before, @ForAll("second") int second, @ForAll List<RoleEvent> later) {
        // Given a deleted role
        LinkedRole deleted = before.apply(Events.deleted(second));

        // When anything more is heard
        LinkedRole after = deleted.join(Events.after(later));

        // Then it stays deleted, and has nothing
        assertThat(after.deleted()).isTrue();
        assertThat(after.live()).isFalse();
        assertThat(after.grants()).isEmpty();
        assertThat(after.enabled()).isEmpty();
        assertThat(after.grantWrites()).isEmpty();
        assertThat(after.withdrawn()).isEmpty();
        assertThat(after.descriptionWrite()).isEmpty();
    }

    @Property
    void the_earliest_deletion_is_remembered(@ForAll("second") int one, @ForAll("second") int other) {
        LinkedRole role = Events.after(List.of(Events.deleted(one), Events.deleted(other)));

        assertThat(role.deletedAt()).contains(Events.at(Math.min(one, other)));
    }

    @Property
    void a_later_mark_wins_and_ties_go_to_disabled(
            @ForAll("second") int enabled, @ForAll("second") int disabled, @ForAll boolean enablingComesFirst) {
        // Given one event that enables a grant and one that disables it
        RoleEvent on = Events.enabled(enabled, FEATURE, STREAM);
        RoleEvent off = Events.disabled(disabled, FEATURE, STREAM);

        // When they come in either order
        LinkedRole role = Events.after(enablingComesFirst ? List.of(on, off) : List.of(off, on));

        // Then only a truly later enabling grants
        assertThat(role.enabled().contains(GRANT)).isEqualTo(enabled > disabled);
    }

    @Property
    void disabling_a_whole_feature_revokes_only_earlier_grants(
            @ForAll LinkedRole before, @ForAll("feature") String feature, @ForAll("second") int second) {
        // Given what survives: other features, and what is marked after that time
        SortedSet<Grant> surviving = new TreeSet<>(before.enabled());
        before.grantWrites().forEach((grant, mark) -> {
            if (grant.feature().equals(feature) && !mark.time().isAfter(Events.at(second))) {
                surviving.remove(grant);
            }
        });

        // When the feature is disabled without naming resources
        LinkedRole after = before.apply(Events.disabled(second, feature));

        // Then just that survives
        assertThat(after.enabled()).isEqualTo(surviving);
    }

    @Property
    void a_late_event_from_before_the_feature_was_disabled_grants_nothing(
            @ForAll("second") int enabled, @ForAll("second") int disabled) {
        // Given a feature that was disabled as a whole
        LinkedRole before = Events.after(List.of(Events.disabled(disabled, FEATURE)));

        // When a resource that was never heard of turns up
        LinkedRole after = before.apply(Events.enabled(enabled, FEATURE, STREAM));

        // Then only a truly later enabling grants it
        assertThat(after.enabled().contains(GRANT)).isEqualTo(enabled > disabled);
    }

    @Example
    void an_instance_is_heard_of_then_lives_and_then_is_deleted() {
        LinkedRole early = Events.after(List.of(Events.enabled(5, FEATURE, STREAM)));
        LinkedRole announced = early.apply(Events.created(0));

        assertThat(early.lifecycle()).isEqualTo(LinkedRole.Lifecycle.UNANNOUNCED);
        assertThat(announced.lifecycle()).isEqualTo(LinkedRole.Lifecycle.LIVE);
        assertThat(announced.apply(Events.deleted(1)).lifecycle()).isEqualTo(LinkedRole.Lifecycle.DELETED);
        assertThat(early.apply(Events.deleted(1)).lifecycle()).isEqualTo(LinkedRole.Lifecycle.DELETED);
    }

    @Example
    void a_feature_can_be_enabled_before_its_instance_is_announced() {
        // Given a feature enabled for an instance that was not announced
        LinkedRole early = Events.after(List.of(Events.enabled(5, FEATURE, STREAM)));
        assertThat(early.enabled()).containsExactly(GRANT);
        assertThat(early.grants()).isEmpty();

        // When the announcement arrives, of whatever time
        LinkedRole announced = early.apply(Events.created(0));

        // Then the feature is granted, beside what every role has
        assertThat(announced.grants()).containsExactly(GRANT, Grant.BASE);
    }

    @Example
    void a_feature_without_a_resource_and_one_with_it_are_two_grants() {
        // Given a feature enabled both without a resource and with one
        LinkedRole role = Events.after(List.of(Events.enabled(0, FEATURE), Events.enabled(0, FEATURE, STREAM)));
        assertThat(role.enabled()).containsExactly(Grant.withoutResource(FEATURE), GRANT);

        // When the one resource is disabled
        LinkedRole after = role.apply(Events.disabled(1, FEATURE, STREAM));

        // Then the other grant stays
        assertThat(after.enabled()).containsExactly(Grant.withoutResource(FEATURE));
    }

    @Example
    void the_latest_announcement_names_the_instance() {
        // Given two announcements of different times, and two of the same
        RoleEvent early = Events.created(0, "zebra");
        RoleEvent late = Events.created(1, "aardvark");
        RoleEvent sameTime = Events.created(1, "badger");

        // Then the later one counts, and of two at one time the same one in both orders
        assertThat(Events.after(List.of(late, early)).announcement().map(Announcement::alias))
                .contains("aardvark");
        assertThat(Events.after(List.of(late, sameTime))).isEqualTo(Events.after(List.of(sameTime, late)));
    }
}
