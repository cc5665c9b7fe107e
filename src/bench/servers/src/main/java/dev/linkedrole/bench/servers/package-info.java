/** What stands in for AWS: SQS by ElasticMQ, DynamoDB by DynamoDB Local, IAM by our own; all in memory, on the loopback interface. */
package dev.linkedrole.bench.servers;
