/**
 * {@code make demo}: shows the life of one role in the terminal, on the packaged service and a local AWS. Each of its
 * claims is checked against IAM, SQS and the service's own API. With {@code SOURCE=connect} Amazon Connect is the producer.
 */
@NullMarked
package dev.linkedrole.demo;

import org.jspecify.annotations.NullMarked;
