package dev.linkedrole.role.outcome;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.plan.Difference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The published result of events. An outcome never changes: a repeated publication has the same text and the same
 * {@link #id}.
 */
public sealed interface Outcome {

    /** Returns the name of the outcome's type. */
    String type();

    /** Time of the outcome, by this service's clock. */
    Instant time();

    /** Returns the events that the outcome answers, in the order in which they were recorded. */
    List<AcknowledgedEvent> answers();

    /** Instance of the outcome; empty if the event named none that could be read. */
    Optional<InstanceId> about();

    /** Returns the id of the outcome, the same in every publication. */
    String id();

    /**
     * A role as an outcome names it.
     *
     * @param arn its ARN, if it is known to have one
     * @param revision the newest revision that the outcome covers
     */
    record Subject(InstanceArn instance, RoleName role, Optional<String> arn, long revision) {}

    /**
     * The role in IAM is as the answered events, and all before them, require.
     *
     * @param granted grants named by the answered events that are in force now
     * @param taken grants named by them that are not in force
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
     * The instance is deleted, and its role is no longer in IAM.
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
     * Somebody else had changed the role, and it was made as desired again. It answers no event.
     *
     * @param drift the changes by others, which are repaired
     * @param steps the steps of the repair, in words
     */
    record RoleRepaired(Subject subject, List<Difference> drift, List<String> steps, Instant time) implements Outcome {

        public RoleRepaired {
            drift = List.copyOf(drift);
            steps = List.copyOf(steps);
        }

        @Override
        public String type() {
            return "role-repaired";
        }

        @Override
        public List<AcknowledgedEvent> answers() {
            return List.of();
        }

        @Override
        public Optional<InstanceId> about() {
            return Optional.of(subject.instance().id());
        }

        /** Returns an id derived from the time too, since a role may be repaired several times at one revision. */
        @Override
        public String id() {
            return digest(this, subject.revision() + "\0" + time);
        }
    }

    /**
     * An event was rejected; the role is unchanged.
     *
     * @param about the instance that the event names, if it could be read
     * @param subject its role, if a record of it exists
     * @param rejected the event
     * @param rejection the reason
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

        /** Returns an id derived from event and reason, since a message may be rejected more than once. */
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
