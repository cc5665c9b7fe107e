package dev.linkedrole.testing;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.testing.iam.IamReader;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Beans for {@code @QuarkusTest}s in addition to the service's own. The clients are separate from the service's. */
@Singleton
public final class TestBeans {

    @Produces
    @Singleton
    IamClient iamClient() {
        return IamClient.builder().build();
    }

    @Produces
    @Singleton
    IamReader iamReader(IamClient iam) {
        return new IamReader(iam);
    }

    @Produces
    @Singleton
    Producer producer(ControllerConfig config) {
        return new Producer(SqsClient.create(), Deployment.ofTable(config.table()));
    }
}
