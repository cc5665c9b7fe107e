package dev.linkedrole.simulation.races;

/** Action of a process that may die during it. */
enum Action {
    /** Handles the last event. */
    TAKES,
    /** Handles the last event again. */
    TAKES_AGAIN,
    /** Handles the last event, which is too large. */
    IS_REJECTED,
    /** Compares all roles with IAM. */
    COMPARES,
    /** Compares one shard in the resync. */
    RUNS_RESYNC,
    /** Publishes the rejection of an event. */
    PUBLISHES_REJECTION,
    /** Notes the rejection of an event in its history, and publishes nothing. */
    NOTES_REJECTION,
    /** Looks up the alias of an instance for an API call. */
    LOOKS_UP_ALIAS,
    /** Records what an API call says of an association. */
    JOINS_ASSOCIATION,
    /** Sets the description of a role for an operator. */
    DESCRIBES,
    /** Announces an instance for an operator. */
    ANNOUNCES,
    /** Adopts a role for an operator: it is to be as recorded. */
    ADOPTS;

    /** True if the last event is in force before the action begins. */
    boolean comesAfterAll() {
        return this != TAKES && this != IS_REJECTED;
    }
}
