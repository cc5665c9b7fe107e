package dev.linkedrole.connect.comparison;

import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.EventDigest;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A comparison in the making: the events so far, and the state that they lead to. An event that would change nothing is
 * left out.
 *
 * <p>The reading disables at the time at which it began, and enables at the beginning of that second. A call that ends
 * something is recorded with the beginning of its second, so it wins over a reading that may not have seen it; a call
 * that begins something is recorded with the end of its second, for the same reason.
 */
final class Draft {

    /** Source of the events. */
    static final String SOURCE = "linked-role-controller/connect";

    /** Number of resources in one event: as many of the longest ARNs as one event of a producer may have. */
    private static final int MAX_RESOURCES = 64;

    private static final int ID_LENGTH = 12;

    private final InstanceArn instance;
    private final Instant begunAt;
    private final Instant second;
    private final List<RoleEvent> events = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<FoundAssociation> associations = new ArrayList<>();
    private LinkedRole role;

    /** @param begunAt time at which the reading began */
    Draft(LinkedRole recorded, Instant begunAt) {
        this.instance = recorded.instance();
        this.begunAt = begunAt;
        this.second = begunAt.truncatedTo(ChronoUnit.SECONDS);
        this.role = recorded;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** Returns the state that the events lead to. */
    LinkedRole role() {
        return role;
    }

    Comparison comparison() {
        return new Comparison(events, notes, associations);
    }

    /** Adds an association that was read. What it enables counts from the beginning of the second, as in {@link #enable}. */
    void found(String id, Association.Begun begun) {
        associations.add(
                new FoundAssociation(instance, id, Association.begun(begun.feature(), begun.resources(), second)));
    }

    /**
     * Announces the instance, unless that is recorded with this alias.
     *
     * @param alias its alias; blank if Amazon Connect says none, which is not held against a recorded one
     */
    void announce(Optional<Instant> createdAt, String alias) {
        Instant created = createdAt.filter(time -> !time.isAfter(begunAt)).orElse(begunAt);
        Optional<Instant> time = role.announcement()
                .map(known -> alias.isBlank() || known.alias().equals(alias)
                        ? Optional.<Instant>empty()
                        : Optional.of(begunAt))
                .orElseGet(() -> Optional.of(created));
        time.map(at -> event(id -> new RoleEvent.InstanceCreated(id, instance, at, alias)))
                .filter(event -> !role.apply(event).announcement().equals(role.announcement()))
                .ifPresent(this::add);
    }

    void delete() {
        add(event(id -> new RoleEvent.InstanceDeleted(id, instance, begunAt)));
    }

    /** Disables all grants of a feature but some, unless something newer than the reading enabled them. */
    void disableAllBut(Set<Grant> kept, String feature) {
        SortedSet<Grant> ended = enabled(feature);
        ended.removeAll(kept);
        if (kept.isEmpty()) {
            ended.removeIf(grant -> enabledAfter(grant, begunAt));
            if (!ended.isEmpty()) {
                add(disabled(feature, Set.of(), begunAt));
            }
            return;
        }
        // Only the whole feature can be disabled where no resource is named; what is kept is enabled again, later.
        Instant before = second.minusNanos(1);
        Grant bare = Grant.withoutResource(feature);
        if (ended.remove(bare) && !enabledAfter(bare, before)) {
            add(disabled(feature, Set.of(), before));
        }
        ended.removeIf(grant -> !role.enabled().contains(grant) || enabledAfter(grant, begunAt));
        chunks(ended).forEach(resources -> add(disabled(feature, resources, begunAt)));
    }

    /** Enables grants of a feature, unless something newer than the reading disabled them. */
    void enable(Set<Grant> grants, String feature) {
        SortedSet<Grant> begun = new TreeSet<>(grants);
        begun.removeAll(role.enabled());
        begun.removeIf(grant ->
                !role.apply(enabled(feature, resources(grant))).enabled().contains(grant));
        if (begun.remove(Grant.withoutResource(feature))) {
            add(enabled(feature, Set.of()));
        }
        chunks(begun).forEach(resources -> add(enabled(feature, resources)));
    }

    /** Returns the grants of a feature that are enabled. */
    SortedSet<Grant> enabled(String feature) {
        SortedSet<Grant> enabled = new TreeSet<>(role.enabled());
        enabled.removeIf(grant -> !grant.feature().equals(feature));
        return enabled;
    }

    private boolean enabledAfter(Grant grant, Instant time) {
        return Optional.ofNullable(role.grantWrites().get(grant))
                .filter(write -> write.time().isAfter(time))
                .isPresent();
    }

    private static Set<String> resources(Grant grant) {
        return grant.resource().map(Set::of).orElseGet(Set::of);
    }

    private static List<Set<String>> chunks(SortedSet<Grant> grants) {
        List<Set<String>> chunks = new ArrayList<>();
        List<String> resources =
                grants.stream().flatMap(grant -> grant.resource().stream()).toList();
        for (int from = 0; from < resources.size(); from += MAX_RESOURCES) {
            chunks.add(Set.copyOf(resources.subList(from, Math.min(resources.size(), from + MAX_RESOURCES))));
        }
        return chunks;
    }

    private RoleEvent enabled(String feature, Set<String> resources) {
        return event(id -> new RoleEvent.FeatureEnabled(id, instance, second, feature, resources));
    }

    private RoleEvent disabled(String feature, Set<String> resources, Instant time) {
        return event(id -> new RoleEvent.FeatureDisabled(id, instance, time, feature, resources));
    }

    /**
     * Gives an event its id, which follows from the reading and from what the event says. A number would name different
     * events if the same reading were compared with a record that has some of them already.
     */
    private RoleEvent event(Function<EventId, RoleEvent> make) {
        String digest = Digest.hex(EventDigest.of(make.apply(new EventId("", SOURCE))));
        return make.apply(new EventId(instance.id() + ":" + begunAt + ":" + digest.substring(0, ID_LENGTH), SOURCE));
    }

    private void add(RoleEvent event) {
        events.add(event);
        role = role.apply(event);
    }
}
