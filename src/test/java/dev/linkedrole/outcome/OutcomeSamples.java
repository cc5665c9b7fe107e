package dev.linkedrole.outcome;

import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Outcomes of all types. */
final class OutcomeSamples {

    static final AcknowledgedEvent EVENT = event("7f1d");

    private OutcomeSamples() {}

    static AcknowledgedEvent event(String id) {
        return new AcknowledgedEvent(new EventId(id, "acme/contact-centre"), Optional.of("feature-enabled"));
    }

    static Outcome.Subject subject(Instance instance, long revision) {
        return new Outcome.Subject(
                instance.arn(),
                instance.roleName(),
                Optional.of("arn:aws:iam::111122223333:role/linked-role/connect.amazonaws.com/" + instance.roleName()),
                revision);
    }

    static Outcome.RoleUpdated updated(Instance instance, long revision) {
        return updated(
                instance,
                revision,
                grants(
                        Grant.BASE,
                        Grant.withoutResource("outbound-campaigns"),
                        Grant.of("outbound-campaigns", "arn:aws:connect-campaigns:us-west-2:111122223333:campaign/one"),
                        Grant.of("call-recordings", "arn:aws:s3:::acme-recordings"),
                        Grant.of("call-recordings", "arn:aws:s3:::acme-recordings/calls")),
                grants(Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme")));
    }

    static Outcome.RoleUpdated updated(
            Instance instance, long revision, SortedSet<Grant> granted, SortedSet<Grant> taken) {
        return new Outcome.RoleUpdated(
                subject(instance, revision), granted, taken, List.of(EVENT, event("7f1e")), 0, Instance.START);
    }

    static SortedSet<Grant> grants(Grant... grants) {
        return new TreeSet<>(List.of(grants));
    }

    static Outcome.RoleDeleted deleted(Instance instance) {
        return new Outcome.RoleDeleted(subject(instance, 9), List.of(EVENT), 3, Instance.START);
    }

    static Outcome.RoleRepaired repaired(Instance instance) {
        return new Outcome.RoleRepaired(
                subject(instance, 4),
                List.of(new Difference(
                        "inline:linked-role",
                        Difference.Kind.OTHER,
                        List.of("AgentEvents: arn:aws:kinesis:us-west-2:111122223333:stream/acme"),
                        List.of())),
                List.of("put the inline policy linked-role"),
                Instance.START);
    }

    static Outcome.GrantRejected rejected(Instance instance) {
        return new Outcome.GrantRejected(
                Optional.of(instance.id()),
                Optional.of(subject(instance, 4)),
                EVENT,
                new Rejection(Rejection.Reason.UNKNOWN_FEATURE, "must be another").of("data.feature"),
                Instance.START);
    }

    /** Rejection of a message that was mostly unreadable. */
    static Outcome.GrantRejected rejected() {
        return new Outcome.GrantRejected(
                Optional.empty(),
                Optional.empty(),
                new AcknowledgedEvent(EVENT.event(), Optional.empty()),
                new Rejection(Rejection.Reason.UNKNOWN_ENVELOPE, "the body is no known envelope"),
                Instance.START);
    }

    static PendingOutcome waiting(Outcome outcome) {
        return new PendingOutcome("lane", "place", outcome.id(), outcome.time(), outcome);
    }
}
