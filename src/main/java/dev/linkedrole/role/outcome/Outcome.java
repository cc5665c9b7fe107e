package dev.linkedrole.role.outcome;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The published result of events. An outcome never changes: a repeated publication has the same text and the same {@link #id}. */
public sealed interface Outcome {

    /** The name for this kind of outcome. */
    String type();

    /** Time of the outcome, by this service's clock. */
    Instant time();

    /** The events that it answers, in the order in which they were recorded. */
    List<AcknowledgedEvent> answers();

    /** Instance of the outcome; empty if the event named none that could be read. */
    Optional<InstanceId> about();

    /** The identity of this outcome, however often it is published. */
    String id();

    /**
     * A role as an outcome names it.
     *
     * @param arn its ARN, if it is known to have one
     * @param revision the newest revision that the outcome speaks of
     */
    record Subject(InstanceArn instance, RoleName role, Optional<String> arn, long revision) {}

    /**
     * The role is in IAM as the answered events, and all before them, say.
     *
     * @param granted of the grants that the answered events speak of, those in force now
     * @param taken and those not in force
     * @param unlisted number of further events it answers
     */
    record RoleUpdated(
            Subject subject,
            SortedSet<Grant> granted,
            SortedSet<Grant> taken,
            List<AcknowledgedEvent> answers,
            long unlisted,
            Instant time)
            implements Outcome {

        public RoleUpdated {
            granted = Collections.unmodifiableSortedSet(new TreeSet<>(granted));
            taken = Collections.unmodifiableSortedSet(new TreeSet<>(taken));
            answers = List.copyOf(answers);
        }

        @Override
        public String type() {
            return "role-updated";
        }

        @Override
        public Optional<InstanceId> about() {
            return Optional.of(subject.instance().id());
        }

        @Override
        public String id() {
            return digest(this, Long.toString(subject.revision()));
        }
    }

    /**
     * The instance is deleted, and its role is not in IAM any more.
     *
     * @param unlisted number of further events it answers
     */
    record RoleDeleted(Subject subject, List<AcknowledgedEvent> answers, long unlisted, Instant time)
            implements Outcome {

        public RoleDeleted {
            answers = List.copyOf(answers);
        }

        @Override
        public String type() {
            return "role-deleted";
        }

        @Override
        public Optional<InstanceId> about() {
            return Optional.of(subject.instance().id());
        }

        @Override
        public String id() {
            return digest(this, Long.toString(subject.revision()));
        }
    }

    /**
     * An event was rejected; the role is as it was.
     *
     * @param about the instance that it names, as far as that could be read
     * @param subject its role, if anything is recorded of it
     * @param rejected the event
     * @param rejection why
     */
    record GrantRejected(
            Optional<InstanceId> about,
            Optional<Subject> subject,
            AcknowledgedEvent rejected,
            Rejection rejection,
            Instant time)
            implements Outcome {

        @Override
        public String type() {
            return "grant-refused";
        }

        @Override
        public List<AcknowledgedEvent> answers() {
            return List.of(rejected);
        }

        /** The same for the same event and reason, since a message may be rejected more than once. */
        @Override
        public String id() {
            return digest(this, rejection.reason().code());
        }
    }

    private static String digest(Outcome outcome, String what) {
        String events = outcome.answers().stream()
                .map(answered ->
                        answered.event().source() + '\0' + answered.event().id())
                .collect(Collectors.joining("\0"));
        String about = outcome.about().map(InstanceId::value).orElse("");
        return Digest.of(String.join("\0", outcome.type(), about, what, events));
    }
}
