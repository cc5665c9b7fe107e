package dev.linkedrole;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.iam.AwsManagedPolicies;
import dev.linkedrole.iam.AwsRoleGateway;
import dev.linkedrole.iam.ManagedPolicies;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.intake.EventDecoder;
import dev.linkedrole.ledger.DynamoDbLedger;
import dev.linkedrole.ledger.DynamoDbRoleListing;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleListing;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.reconcile.Operations;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.Resync;
import dev.linkedrole.role.FeatureCatalog;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** Puts the parts together. They know nothing of each other's making, nor of the framework's. */
@Singleton
public final class Wiring {

    /** Beans are made when they are first used; what is configured wrongly has to be found before the first message. */
    void check(@Observes @Priority(1) StartupEvent event, EventHandler handler, EventDecoder decoder, Resync resync) {}

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    FeatureCatalog catalog(ControllerConfig config) {
        return CatalogFile.load(config.catalog());
    }

    @Produces
    @Singleton
    RoleSettings roleSettings(ControllerConfig config, FeatureCatalog catalog) {
        return new RoleSettings(
                config.namePrefix().orElse(catalog.namePrefix()),
                config.path().orElse("/linked-role/" + catalog.principal() + "/"),
                config.permissionsBoundary(),
                config.owner());
    }

    @Produces
    @Singleton
    PolicyCompiler compiler(FeatureCatalog catalog, RoleSettings settings) {
        return new PolicyCompiler(catalog, settings);
    }

    @Produces
    @Singleton
    EventDecoder decoder(FeatureCatalog catalog) {
        return new EventDecoder(catalog);
    }

    @Produces
    @Singleton
    Ledger ledger(DynamoDbAsyncClient dynamoDb, ControllerConfig config) {
        return new DynamoDbLedger(dynamoDb, config.table());
    }

    @Produces
    @Singleton
    RoleListing roleListing(DynamoDbAsyncClient dynamoDb, ControllerConfig config) {
        return new DynamoDbRoleListing(dynamoDb, config.table());
    }

    /** IAM has no Quarkus extension that fits this version, so the client is made here. */
    @Produces
    @Singleton
    IamAsyncClient iam(ControllerConfig config) {
        return IamAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(
                        override -> override.apiCallTimeout(config.iam().timeout())
                                .apiCallAttemptTimeout(config.iam().attemptTimeout())
                                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(config.iam().attempts())
                                        .build()))
                .build();
    }

    void close(@Disposes IamAsyncClient iam) {
        iam.close();
    }

    @Produces
    @Singleton
    RoleGateway gateway(IamAsyncClient iam) {
        return new AwsRoleGateway(iam);
    }

    @Produces
    @Singleton
    ManagedPolicies managedPolicies(IamAsyncClient iam) {
        return new AwsManagedPolicies(iam);
    }

    @Produces
    @Singleton
    Inspector inspector(PolicyCompiler compiler, RoleGateway gateway, ManagedPolicies managedPolicies) {
        return new Inspector(compiler, gateway, managedPolicies);
    }

    @Produces
    @Singleton
    Reconciler reconciler(
            Ledger ledger, RoleGateway gateway, PolicyCompiler compiler, RoleSettings settings, InstantSource clock) {
        return new Reconciler(ledger, gateway, compiler, settings, clock);
    }

    @Produces
    @Singleton
    EventHandler eventHandler(Ledger ledger, PolicyCompiler compiler, Reconciler reconciler, InstantSource clock) {
        return new EventHandler(ledger, compiler, reconciler, clock);
    }

    @Produces
    @Singleton
    Operations operations(Ledger ledger, EventHandler handler, Reconciler reconciler, InstantSource clock) {
        return new Operations(ledger, handler, reconciler, clock);
    }

    @Produces
    @Singleton
    Resync resync(Ledger ledger, Reconciler reconciler, InstantSource clock, ControllerConfig config) {
        return new Resync(
                ledger,
                reconciler,
                clock,
                config.resync().quietPeriod(),
                config.resync().concurrency());
    }
}
