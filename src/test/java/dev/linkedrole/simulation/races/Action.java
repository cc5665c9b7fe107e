package dev.linkedrole.simulation.races;

/** The action of a process that may die during it. */
enum Action {
    /** It takes the last event. */
    TAKES,
    /** It takes the last event again, which was taken before. */
    TAKES_AGAIN,
    /** It takes the last event, which is too large. */
    IS_REFUSED,
    /** It compares all roles with IAM. */
    COMPARES,
    /** It does its share of the resync. */
    WORKS_A_SHIFT,
    /** It publishes that an event was rejected. */
    TELLS_OF_REFUSAL,
    /** It notes that an event was rejected, and publishes nothing. */
    NOTES_REFUSAL,
    /** It has a role described as an operator says. */
    DESCRIBES,
    /** It hears from an operator that there is an instance. */
    ANNOUNCES,
    /** It hears from an operator that the role is to be what is recorded. */
    ADOPTS;

    /** True if the last event is in force before it begins. */
    boolean comesAfterAll() {
        return this != TAKES && this != IS_REFUSED;
    }
}
