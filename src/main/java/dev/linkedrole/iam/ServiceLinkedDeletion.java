package dev.linkedrole.iam;

/** The progress of the deletion of a service-linked role in IAM. */
public sealed interface ServiceLinkedDeletion {

    /** The role is gone. */
    record Done() implements ServiceLinkedDeletion {}

    /** The deletion is in progress, or has not begun. */
    record Running() implements ServiceLinkedDeletion {}

    /**
     * IAM has given up. The role is as it was, and its deletion can be begun again.
     *
     * @param reason why, in one sentence, with what still uses the role as far as IAM says it
     */
    record Failed(String reason) implements ServiceLinkedDeletion {}
}
