package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * The state of one instance's role: a join-semilattice, so the same events in any order, any number of times, give the
 * same state.
 *
 * <p>Each event is itself a small state ({@link #of}); applying it is joining it ({@link #join}), and joining is
 * commutative, associative and idempotent. Deletion wins over all other events of producers, for ever; and an operator's
 * release wins over deletion, as far as the role in IAM is concerned.
 *
 * @param instance the instance of the role; states of different instances are never joined
 * @param announcement the latest announcement; without one nothing is granted yet
 * @param deletedAt the earliest known deletion
 * @param grantWrites the latest write of each grant; empty once deleted
 * @param withdrawn time at which each feature was last revoked as a whole; empty once deleted
 * @param descriptionWrite the latest description set by an operator; empty once deleted
 * @param adoptedAt time of the last adoption of a role of this name by an operator
 * @param releasedAt time of the last release of the role by an operator
 */
public record LinkedRole(
        InstanceArn instance,
        Optional<Announcement> announcement,
        Optional<Instant> deletedAt,
        SortedMap<Grant, GrantWrite> grantWrites,
        SortedMap<String, Instant> withdrawn,
        Optional<DescriptionWrite> descriptionWrite,
        Optional<Instant> adoptedAt,
        Optional<Instant> releasedAt) {

    /**
     * Normalizes the state, so that equal knowledge gives equal values: a deleted role needs neither grants nor a
     * description, and a grant write before the revocation of its whole feature adds nothing to that.
     */
    public LinkedRole {
        TreeMap<Grant, GrantWrite> keptWrites = new TreeMap<>();
        TreeMap<String, Instant> keptWithdrawn = new TreeMap<>();
        if (deletedAt.isEmpty()) {
            keptWithdrawn.putAll(withdrawn);
            grantWrites.forEach((grant, grantWrite) -> {
                Instant gone = keptWithdrawn.get(grant.feature());
                if (gone == null || grantWrite.time().isAfter(gone)) {
                    keptWrites.put(grant, grantWrite);
                }
            });
        }
        grantWrites = Collections.unmodifiableSortedMap(keptWrites);
        withdrawn = Collections.unmodifiableSortedMap(keptWithdrawn);
        descriptionWrite = deletedAt.isEmpty() ? descriptionWrite : Optional.empty();
    }

    /** Returns the state before any event, which is the least state. */
    public static LinkedRole unknown(InstanceArn instance) {
        return new LinkedRole(
                instance,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the state of a single event alone. */
    public static LinkedRole of(RoleEvent event) {
        Optional<Announcement> announcement = Optional.empty();
        Optional<Instant> deletedAt = Optional.empty();
        SortedMap<Grant, GrantWrite> grantWrites = new TreeMap<>();
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        Optional<DescriptionWrite> descriptionWrite = Optional.empty();
        Optional<Instant> adoptedAt = Optional.empty();
        Optional<Instant> releasedAt = Optional.empty();
        switch (event) {
            case RoleEvent.InstanceCreated created ->
                announcement = Optional.of(new Announcement(created.time(), created.alias()));
            case RoleEvent.InstanceDeleted deleted -> deletedAt = Optional.of(deleted.time());
            case RoleEvent.FeatureEnabled enabled ->
                put(grantWrites, enabled.feature(), enabled.resources(), new GrantWrite(enabled.time(), true));
            case RoleEvent.FeatureDisabled disabled
            when disabled.resources().isEmpty() -> withdrawn.put(disabled.feature(), disabled.time());
            case RoleEvent.FeatureDisabled disabled ->
                put(grantWrites, disabled.feature(), disabled.resources(), new GrantWrite(disabled.time(), false));
            case RoleEvent.DescriptionEdited edited ->
                descriptionWrite = Optional.of(new DescriptionWrite(edited.time(), edited.description()));
            case RoleEvent.RoleAdopted adopted -> adoptedAt = Optional.of(adopted.time());
            case RoleEvent.RoleReleased released -> releasedAt = Optional.of(released.time());
        }
        return new LinkedRole(
                event.instance(),
                announcement,
                deletedAt,
                grantWrites,
                withdrawn,
                descriptionWrite,
                adoptedAt,
                releasedAt);
    }

    private static void put(
            SortedMap<Grant, GrantWrite> grantWrites, String feature, Set<String> resources, GrantWrite grantWrite) {
        if (resources.isEmpty()) {
            grantWrites.put(Grant.withoutResource(feature), grantWrite);
        }
        resources.forEach(resource -> grantWrites.put(Grant.of(feature, resource), grantWrite));
    }

    /** Returns this state joined with an event. */
    public LinkedRole apply(RoleEvent event) {
        return join(of(event));
    }

    /**
     * Joins two states: returns the least state that includes both.
     *
     * @throws IllegalArgumentException if the states are of different instances
     */
    public LinkedRole join(LinkedRole other) {
        if (!instance.equals(other.instance)) {
            throw new IllegalArgumentException(
                    "states of " + instance + " and " + other.instance + " cannot be joined");
        }
        return new LinkedRole(
                instance,
                either(announcement, other.announcement, Announcement::later),
                either(deletedAt, other.deletedAt, LinkedRole::earlier),
                union(grantWrites, other.grantWrites, GrantWrite::later),
                union(withdrawn, other.withdrawn, LinkedRole::later),
                either(descriptionWrite, other.descriptionWrite, DescriptionWrite::later),
                either(adoptedAt, other.adoptedAt, LinkedRole::later),
                either(releasedAt, other.releasedAt, LinkedRole::later));
    }

    /** Returns this state with further disabled grants. */
    public LinkedRole with(SortedMap<Grant, GrantWrite> disabled) {
        return join(new LinkedRole(
                instance,
                Optional.empty(),
                Optional.empty(),
                disabled,
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    /** Returns the writes that disable, which are stored apart from the rest of the state. */
    public SortedMap<Grant, GrantWrite> disabled() {
        SortedMap<Grant, GrantWrite> disabled = new TreeMap<>(grantWrites);
        disabled.values().removeIf(GrantWrite::enabled);
        return Collections.unmodifiableSortedMap(disabled);
    }

    /** Returns the grants that an event names, enabled or disabled. */
    public static SortedSet<Grant> named(RoleEvent event) {
        return new TreeSet<>(of(event).grantWrites().keySet());
    }

    public boolean announced() {
        return announcement.isPresent();
    }

    public boolean deleted() {
        return deletedAt.isPresent();
    }

    /**
     * True if an operator has released the role, and has not adopted it after that: nothing is done to it, whatever
     * becomes of its instance.
     */
    public boolean released() {
        return releasedAt
                .filter(released ->
                        adoptedAt.filter(adopted -> adopted.isAfter(released)).isEmpty())
                .isPresent();
    }

    /** True if the role is to exist now. */
    public boolean live() {
        return lifecycle() == Lifecycle.LIVE;
    }

    /** The lifecycle stage of the instance and its role. */
    public Lifecycle lifecycle() {
        if (released()) {
            return Lifecycle.RELEASED;
        }
        if (deleted()) {
            return Lifecycle.DELETED;
        }
        return announced() ? Lifecycle.LIVE : Lifecycle.UNANNOUNCED;
    }

    /** Lifecycle stages of an instance. */
    public enum Lifecycle {
        /** Events named the instance, but none announced it yet. */
        UNANNOUNCED,
        /** The instance exists, and so has a role. */
        LIVE,
        /** The instance is gone for ever. */
        DELETED,
        /** An operator has let go of the role; its instance may exist or be gone. */
        RELEASED;

        /** Returns its name in the ledger and the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the grants that are enabled, whether or not the role exists yet. */
    public SortedSet<Grant> enabled() {
        SortedSet<Grant> enabled = new TreeSet<>();
        grantWrites.forEach((grant, grantWrite) -> {
            if (grantWrite.enabled()) {
                enabled.add(grant);
            }
        });
        return Collections.unmodifiableSortedSet(enabled);
    }

    /** Returns the grants in force: {@link Grant#BASE} and the enabled ones of a live role, none of any other. */
    public SortedSet<Grant> grants() {
        SortedSet<Grant> grants = new TreeSet<>();
        if (live()) {
            grants.add(Grant.BASE);
            grants.addAll(enabled());
        }
        return Collections.unmodifiableSortedSet(grants);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static <T> Optional<T> either(Optional<T> a, Optional<T> b, BinaryOperator<T> join) {
        return a.isPresent() && b.isPresent() ? Optional.of(join.apply(a.get(), b.get())) : a.or(() -> b);
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> union(
            SortedMap<K, V> a, SortedMap<K, V> b, BinaryOperator<V> join) {
        SortedMap<K, V> union = new TreeMap<>(a);
        b.forEach((key, value) -> union.merge(key, value, join));
        return union;
    }
}
