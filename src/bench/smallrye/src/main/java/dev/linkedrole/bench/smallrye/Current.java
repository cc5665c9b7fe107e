package dev.linkedrole.bench.smallrye;

import dev.linkedrole.bench.worker.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** What is being drained, for the beans of the container that is made for it. */
@ApplicationScoped
public class Current {

    private static volatile SqsAsyncClient sqs;
    private static volatile Work work;

    static void set(SqsAsyncClient newSqs, Work newWork) {
        sqs = newSqs;
        work = newWork;
    }

    static Work work() {
        return work;
    }

    @Produces
    SqsAsyncClient client() {
        return sqs;
    }
}
