package dev.linkedrole.iam;

/** How far IAM has got with deleting a service-linked role. */
public sealed interface ServiceLinkedDeletion {

    /** The role is gone. */
    record Done() implements ServiceLinkedDeletion {}

    /** IAM is at it, or has not begun. */
    record Running() implements ServiceLinkedDeletion {}

    /**
     * IAM has given up. The role is as it was, and its deletion can be begun again.
     *
     * @param reason why, in one sentence, with what still uses the role as far as IAM says it
     */
    record Failed(String reason) implements ServiceLinkedDeletion {}
}
