package dev.linkedrole.outcome;

import dev.linkedrole.ledger.WaitingOutcome;
import dev.linkedrole.role.Answered;
import dev.linkedrole.role.EventId;
import dev.linkedrole.role.Grant;
import dev.linkedrole.role.Outcome;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Outcomes of all types. */
final class Samples {

    static final Answered EVENT = event("7f1d");

    private Samples() {}

    static Answered event(String id) {
        return new Answered(new EventId(id, "acme/contact-centre"), Optional.of("feature-enabled"));
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

    static Outcome.GrantRefused refused(Instance instance) {
        return new Outcome.GrantRefused(
                Optional.of(instance.id()),
                Optional.of(subject(instance, 4)),
                EVENT,
                new Refusal(Refusal.Reason.UNKNOWN_FEATURE, "must be another").of("data.feature"),
                Instance.START);
    }

    /** One of which little could be read. */
    static Outcome.GrantRefused refused() {
        return new Outcome.GrantRefused(
                Optional.empty(),
                Optional.empty(),
                new Answered(EVENT.event(), Optional.empty()),
                new Refusal(Refusal.Reason.UNKNOWN_ENVELOPE, "the body is no known envelope"),
                Instance.START);
    }

    static WaitingOutcome waiting(Outcome outcome) {
        return new WaitingOutcome("lane", "place", outcome.id(), outcome.time(), outcome);
    }
}
