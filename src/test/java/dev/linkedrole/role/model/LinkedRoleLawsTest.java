package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.testing.EnabledOnly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * The laws by which {@link LinkedRole} is a join-semilattice, so that events may arrive in any order, any number of
 * times.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class LinkedRoleLawsTest {

    @Property
    void joining_is_commutative(@ForAll LinkedRole a, @ForAll LinkedRole b) {
        assertThat(a.join(b)).isEqualTo(b.join(a));
    }

    @Property
    void joining_is_associative(@ForAll LinkedRole a, @ForAll LinkedRole b, @ForAll LinkedRole c) {
        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
    }

    @Property
    void joining_is_idempotent(@ForAll LinkedRole a) {
        assertThat(a.join(a)).isEqualTo(a);
    }

    @Property
    void the_unknown_role_adds_nothing(@ForAll LinkedRole a) {
        LinkedRole unknown = LinkedRole.unknown(Events.INSTANCE);

        assertThat(a.join(unknown)).isEqualTo(a);
        assertThat(unknown.join(a)).isEqualTo(a);
    }

    @Property
    void a_state_is_its_own_normal_form(@ForAll LinkedRole a) {
        // When its parts are put together again
        LinkedRole again = new LinkedRole(
                a.instance(),
                a.announcement(),
                a.deletedAt(),
                a.grantWrites(),
                a.withdrawn(),
                a.descriptionWrite(),
                a.adoptedAt(),
                a.releasedAt());

        // Then nothing more falls away
        assertThat(again).isEqualTo(a);
    }

    @Property
    void any_order_and_any_duplicates_end_in_the_same_state(@ForAll List<RoleEvent> events, @ForAll Random random) {
        // Given the same events, some of them more than once, in another order
        List<RoleEvent> delivered = new ArrayList<>(events);
        events.stream().filter(event -> random.nextBoolean()).forEach(delivered::add);
        Collections.shuffle(delivered, random);

        // Then they end in the same state
        assertThat(Events.after(delivered)).isEqualTo(Events.after(events));
    }

    @Property
    void replicas_that_saw_a_part_each_agree_once_joined(@ForAll List<RoleEvent> here, @ForAll List<RoleEvent> there) {
        // Given two replicas
        List<RoleEvent> all = new ArrayList<>(here);
        all.addAll(there);

        // Then both together know what one that saw everything knows
        assertThat(Events.after(here).join(Events.after(there))).isEqualTo(Events.after(all));
    }

    @Property
    void what_is_disabled_may_be_kept_apart_and_joined_again_by_name(@ForAll List<List<RoleEvent>> recordings) {
        // Given a state without its disabled marks, and those marks in a place of their own
        LinkedRole role = LinkedRole.unknown(Events.INSTANCE);
        SortedMap<Grant, GrantWrite> apart = new TreeMap<>();

        // When events are recorded, some at a time, on no more than the marks of the grants that they name
        for (List<RoleEvent> events : recordings) {
            SortedMap<Grant, GrantWrite> named = new TreeMap<>(apart);
            named.keySet()
                    .retainAll(events.stream()
                            .flatMap(event -> LinkedRole.named(event).stream())
                            .toList());
            LinkedRole before = role.with(named);
            LinkedRole after = before;
            for (RoleEvent event : events) {
                after = after.apply(event);
            }
            apart.putAll(after.disabled());
            role = EnabledOnly.of(after);
        }

        // Then both together know what one that keeps everything knows
        LinkedRole whole =
                Events.after(recordings.stream().flatMap(List::stream).toList());
        assertThat(role).isEqualTo(EnabledOnly.of(whole));
        assertThat(role.with(apart)).isEqualTo(whole);
    }

    @Example
    void states_of_different_instances_are_never_joined() {
        // Given the states of two instances
        LinkedRole one = LinkedRole.unknown(Events.INSTANCE);
        LinkedRole other = LinkedRole.unknown(InstanceArn.parse(
                "arn:aws:connect:us-west-2:111122223333:instance/ffffffff-6f7a-4c4e-9a53-2f3f5b8f9c01"));

        // Then joining them is a mistake of the caller
        assertThatThrownBy(() -> one.join(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be joined");
    }
}
