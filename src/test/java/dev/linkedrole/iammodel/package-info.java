/**
 * IAM as AWS describes it, in memory: what emulators let through is rejected here as AWS rejects it. One suite of tests
 * ({@link dev.linkedrole.iammodel.IamContract}) runs against this model and against the local AWS, so that the two cannot
 * drift apart where the local one is faithful.
 */
@NullMarked
package dev.linkedrole.iammodel;

import org.jspecify.annotations.NullMarked;
