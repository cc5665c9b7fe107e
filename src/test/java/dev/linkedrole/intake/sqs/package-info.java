/** Tests of the SQS adapter. */
@NullMarked
package dev.linkedrole.intake.sqs;

import org.jspecify.annotations.NullMarked;
