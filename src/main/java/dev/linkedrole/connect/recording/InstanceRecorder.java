package dev.linkedrole.connect.recording;

import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.comparison.Comparison;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.event.ReceivedEvent;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Recorder of what Amazon Connect says of one instance: it is compared with the ledger, and the events that the ledger
 * lacks are recorded together, so that the role is reconciled once.
 */
public final class InstanceRecorder {

    private final Supplier<InstanceComparison> comparisons;
    private final Ledger ledger;
    private final EventHandler handler;
    private final RecordedFacts facts;

    /** @param comparisons the comparison by the catalog in force */
    public InstanceRecorder(
            Supplier<InstanceComparison> comparisons, Ledger ledger, EventHandler handler, RecordedFacts facts) {
        this.facts = facts;
        this.comparisons = comparisons;
        this.ledger = ledger;
        this.handler = handler;
    }

    /** The settings that are compared. */
    public ReadScope scope() {
        return comparisons.get().scope();
    }

    /** Compares an instance with its record, which is loaded now, after the reading. */
    public Uni<Comparison> compare(InstanceReading reading) {
        return ledger.load(reading.instance().arn().id())
                .map(found -> comparisons.get().compare(reading, found.map(RoleRecord::role)));
    }

    /**
     * Compares the absence of an instance with its record.
     *
     * @param instance an instance that Amazon Connect does not have
     * @param begunAt time before Amazon Connect was asked
     */
    public Uni<Comparison> gone(InstanceArn instance, Instant begunAt) {
        return ledger.load(instance.id())
                .map(found -> found.map(RoleRecord::role)
                        .filter(role -> role.instance().equals(instance))
                        .map(role -> comparisons.get().gone(role, begunAt))
                        .orElseGet(() -> new Comparison(List.of(), List.of())));
    }

    /**
     * Records the associations that were read, and the events that the ledger lacks, as {@link #record(List, Supplier)}
     * does. An association whose end arrived before, when nothing was known of its beginning, is ended.
     */
    public Uni<List<String>> record(Comparison found, Supplier<Uni<Comparison>> again) {
        return Multi.createFrom()
                .iterable(found.associations())
                .onItem()
                .transformToUniAndConcatenate(
                        association -> facts.join(association.instance().id(), association.id(), association.known())
                                .map(association::disabled))
                .collect()
                .asList()
                .flatMap(ended -> {
                    List<RoleEvent> events = new ArrayList<>(found.events());
                    ended.forEach(event -> event.ifPresent(events::add));
                    return events.isEmpty() ? Uni.createFrom().item(List.of()) : record(events, again);
                });
    }

    /**
     * Records events of an instance, and reconciles its role. A role that IAM cannot make now counts as recorded: the
     * resync goes on with it.
     *
     * @param again compares again: what it finds is not recorded yet
     * @return notes on events that were rejected, and on a role that is not in force. Fails with a {@link
     *     NotRecordedException} if an event is not recorded for another reason
     */
    private Uni<List<String>> record(List<RoleEvent> events, Supplier<Uni<Comparison>> again) {
        return Uni.createFrom().deferred(() -> {
            List<Uni<HandlingResult>> ends = handler.handle(events.stream()
                    .map(event -> new ReceivedEvent(event, false))
                    .toList());
            List<Uni<End>> judged = new ArrayList<>();
            for (int i = 0; i < ends.size(); i++) {
                RoleEvent event = events.get(i);
                judged.add(ends.get(i)
                        .map(result -> new End(event, Optional.of(result), Optional.empty()))
                        .onFailure()
                        .recoverWithItem(failure -> new End(event, Optional.empty(), Optional.of(failure))));
            }
            return Uni.join().all(judged).andFailFast().flatMap(all -> notes(all, again));
        });
    }

    /** The end of an event's handling: its result or its failure. */
    private record End(RoleEvent event, Optional<HandlingResult> result, Optional<Throwable> failure) {

        boolean rejected() {
            return failure.filter(RejectedException.class::isInstance).isPresent();
        }

        /** Returns the failure, if the event may not be recorded. */
        Optional<Throwable> doubt() {
            return rejected() ? Optional.empty() : failure;
        }

        Optional<String> note() {
            return failure.filter(RejectedException.class::isInstance)
                    .map(why -> EventLine.of(event) + " was rejected: " + FailureText.of(why))
                    .or(() -> result.flatMap(End::blocked));
        }

        private static Optional<String> blocked(HandlingResult result) {
            return result.reconciliation() instanceof Reconciliation.Blocked blocked
                    ? Optional.of(
                            "recorded, and not in force: " + blocked.condition().type() + ": "
                                    + blocked.condition().detail())
                    : Optional.empty();
        }
    }

    private Uni<List<String>> notes(List<End> ends, Supplier<Uni<Comparison>> again) {
        Set<String> notes = new LinkedHashSet<>();
        ends.forEach(end -> end.note().ifPresent(notes::add));
        Optional<Throwable> doubt =
                ends.stream().flatMap(end -> end.doubt().stream()).findFirst();
        return doubt.map(failure -> afterFailure(ends, notes, failure, again))
                .orElseGet(() -> Uni.createFrom().item(List.copyOf(notes)));
    }

    /** Compares again: if only rejected events are still lacking, the others are recorded. */
    private Uni<List<String>> afterFailure(
            List<End> ends, Set<String> notes, Throwable failure, Supplier<Uni<Comparison>> again) {
        if (failure instanceof StoppingException) {
            return Uni.createFrom().failure(failure);
        }
        List<String> rejected = ends.stream()
                .filter(End::rejected)
                .map(end -> EventLine.of(end.event()))
                .toList();
        return again.get().map(still -> {
            if (!still.events().stream().map(EventLine::of).allMatch(rejected::contains)) {
                throw new NotRecordedException(failure);
            }
            notes.add("recorded, and not in force yet; the resync goes on with it: " + FailureText.of(failure));
            return List.copyOf(notes);
        });
    }
}
