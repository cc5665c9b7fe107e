package dev.linkedrole.intake.envelope;

/** A parameter of an API call, as its record has it. */
sealed interface CallValue {

    /** The record has the value. */
    record Present(String text) implements CallValue {}

    /** The record has no such parameter, or an empty one. */
    record Absent() implements CallValue {}

    /** The record hides the value. */
    record Masked() implements CallValue {}
}
