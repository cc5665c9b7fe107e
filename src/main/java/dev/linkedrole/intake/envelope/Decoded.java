package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.RoleEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Content of a message: an event of a producer, or an API call of the service. */
public sealed interface Decoded {

    /** An event of a producer. */
    record Event(RoleEvent event) implements Decoded {}

    /**
     * An API call of the service that became events.
     *
     * @param events at least one
     */
    record Mapped(List<RoleEvent> events) implements Decoded {
        public Mapped {
            events = List.copyOf(events);
        }
    }

    /**
     * An API call that becomes nothing. It is no fault of the message.
     *
     * @param why the reason
     * @param detail a sentence about it
     */
    record Dropped(Why why, String detail) implements Decoded {}

    /**
     * An API call that means something only with the alias that is recorded of an instance.
     *
     * @param then what the call is, with the alias or without one
     */
    record NeedsAlias(InstanceId instance, Function<Optional<String>, Decoded> then) implements Decoded {}

    /**
     * An API call that begins or ends an association, of which more may be recorded.
     *
     * @param id the association's id
     * @param known what the call says of it
     * @param then what the call is, with all that is known of the association
     */
    record NeedsAssociation(InstanceId instance, String id, Association known, Function<Association, Decoded> then)
            implements Decoded {}

    /** Reasons why an API call becomes nothing. The names are part of what operators rely on: add, never rename. */
    enum Why {
        /** The catalog has no rule for the call, or none with such parameters. */
        IGNORED,
        /** The call changed nothing. */
        READ_ONLY,
        /** The call failed. */
        FAILED,
        /** A parameter that is needed is hidden. */
        MASKED,
        /** The call and the record do not tell enough. */
        INCOMPLETE;

        /** Returns the reason as metrics have it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** True if the role may have to change all the same. */
        public boolean losesChange() {
            return this == MASKED || this == INCOMPLETE;
        }
    }
}
