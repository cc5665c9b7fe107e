package dev.linkedrole.connect.imports;

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
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Import of one instance that was read: compared with the ledger, and the events that the ledger lacks recorded
 * together, so that its role is reconciled once.
 */
public final class InstanceImporter {

    private final InstanceComparison comparison;
    private final Ledger ledger;
    private final EventHandler handler;

    public InstanceImporter(InstanceComparison comparison, Ledger ledger, EventHandler handler) {
        this.comparison = comparison;
        this.ledger = ledger;
        this.handler = handler;
    }

    /** The settings that are compared. */
    public ReadScope scope() {
        return comparison.scope();
    }

    /** Compares an instance with its record. */
    Uni<Comparison> compare(InstanceReading reading) {
        return ledger.load(reading.instance().arn().id())
                .map(found -> comparison.compare(reading, found.map(RoleRecord::role)));
    }

    /**
     * Records events of an instance, and reconciles its role. A role that IAM cannot make now counts as recorded: the
     * resync goes on with it.
     *
     * @return notes on events that were rejected, and on a role that is not in force. Fails if an event is not recorded
     *     for another reason
     */
    Uni<List<String>> record(InstanceReading reading, List<RoleEvent> events) {
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
            return Uni.join().all(judged).andFailFast().flatMap(all -> notes(reading, all));
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

    private Uni<List<String>> notes(InstanceReading reading, List<End> ends) {
        Set<String> notes = new LinkedHashSet<>();
        ends.forEach(end -> end.note().ifPresent(notes::add));
        Optional<Throwable> doubt =
                ends.stream().flatMap(end -> end.doubt().stream()).findFirst();
        return doubt.map(failure -> afterFailure(reading, ends, notes, failure))
                .orElseGet(() -> Uni.createFrom().item(List.copyOf(notes)));
    }

    /** Compares again: if only rejected events are still lacking, the others are recorded. */
    private Uni<List<String>> afterFailure(
            InstanceReading reading, List<End> ends, Set<String> notes, Throwable failure) {
        if (failure instanceof StoppingException) {
            return Uni.createFrom().failure(failure);
        }
        List<String> rejected = ends.stream()
                .filter(End::rejected)
                .map(end -> EventLine.of(end.event()))
                .toList();
        return compare(reading).map(still -> {
            if (!still.events().stream().map(EventLine::of).allMatch(rejected::contains)) {
                throw new NotRecordedException(failure);
            }
            notes.add("recorded, and not in force yet; the resync goes on with it: " + FailureText.of(failure));
            return List.copyOf(notes);
        });
    }

    /** Events were not recorded, and are to be handed over again. */
    private static final class NotRecordedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotRecordedException(Throwable cause) {
            super(FailureText.of(cause), cause);
        }
    }
}
