package dev.linkedrole.bench.worker;

import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** One way to consume a queue. */
public interface Contender {

    /**
     * Begins to receive. Each message is given to the work, and deleted once that is done; it does not return before
     * receiving has begun, nor wait for its end.
     */
    Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) throws Exception;

    /** A queue that is being consumed, until it is closed. */
    interface Consuming extends AutoCloseable {

        @Override
        void close();
    }
}
