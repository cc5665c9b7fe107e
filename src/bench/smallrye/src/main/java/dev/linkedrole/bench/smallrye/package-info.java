/** SmallRye's SQS connector: as it comes, with its options, and with an acknowledgement of our own that deletes in batches. */
package dev.linkedrole.bench.smallrye;
