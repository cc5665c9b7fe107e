package dev.linkedrole.iam;

/** How far IAM has got with deleting a service-linked role. */
public sealed interface Deletion {

    /** The role is gone. */
    record Done() implements Deletion {}

    /** IAM is at it, or has not begun. */
    record Running() implements Deletion {}

    /**
     * IAM has given up. The role is as it was, and its deletion can be begun anew.
     *
     * @param reason why, in one sentence, with what still uses the role as far as IAM says it
     */
    record Failed(String reason) implements Deletion {}
}
