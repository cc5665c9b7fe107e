/**
 * {@code make demo}: the life of one role, told in the terminal, on the packaged service and a local AWS. Every claim it
 * makes is checked against IAM, SQS and the service's own API.
 */
@NullMarked
package dev.linkedrole.demo;

import org.jspecify.annotations.NullMarked;
