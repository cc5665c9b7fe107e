/** Tests of the SQS side of the intake. */
@NullMarked
package dev.linkedrole.intake.sqs;

import org.jspecify.annotations.NullMarked;
