package dev.linkedrole.iam;

/** The progress of the deletion of a service-linked role in IAM. */
public sealed interface ServiceLinkedDeletion {

    /** The role is deleted. */
    record Done() implements ServiceLinkedDeletion {}

    /** The deletion is in progress, or has not begun. */
    record Running() implements ServiceLinkedDeletion {}

    /**
     * IAM has given up. The role is unchanged, and its deletion can be started again.
     *
     * @param reason reason in one sentence, with the resources that still use the role as far as IAM lists them
     */
    record Failed(String reason) implements ServiceLinkedDeletion {}
}
