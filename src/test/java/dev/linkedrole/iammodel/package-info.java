/**
 * Model of IAM in memory: it rejects requests that emulators accept and AWS rejects. One test ({@link
 * dev.linkedrole.iammodel.IamContract}) runs on this model and on the local AWS, so that the model stays correct where
 * the local AWS is.
 */
@NullMarked
package dev.linkedrole.iammodel;

import org.jspecify.annotations.NullMarked;
