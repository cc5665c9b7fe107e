package dev.linkedrole.connectmodel;

import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.RequestPacer;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.aws.AwsConnectLocations;
import dev.linkedrole.connect.aws.ConnectCredentials;
import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** A replica that reads Amazon Connect in virtual time, with credentials for every account. */
public final class VirtualReplica {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ManualTime time;
    private final RequestPacer pacer;
    private final AwsConnectLocations locations;
    private final List<AwsCredentials> forgotten = new ArrayList<>();

    public VirtualReplica(ManualTime time, SdkAsyncHttpClient http, RequestRate rate) {
        Retry retry = time.retry(0.5);
        this.time = time;
        this.pacer = new RequestPacer(rate, time, retry);
        this.locations = new AwsConnectLocations(
                new Credentials(),
                http,
                pacer,
                new CallLimits(5, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                time,
                retry);
    }

    public AwsConnectLocations locations() {
        return locations;
    }

    public RequestPacer pacer() {
        return pacer;
    }

    /** Credentials that were dropped. */
    public List<AwsCredentials> forgotten() {
        return forgotten;
    }

    /** Begins work at a location. */
    public <T> CompletableFuture<T> begin(ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
        return locations.in(location, work).subscribeAsCompletionStage();
    }

    /** Lets time pass until work at a location has ended. */
    public <T> T in(ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
        CompletableFuture<T> done = begin(location, work);
        for (Duration passed = Duration.ZERO;
                !done.isDone() && passed.compareTo(LONGEST) < 0;
                passed = passed.plus(STEP)) {
            time.pass(STEP);
        }
        if (!done.isDone()) {
            throw new IllegalStateException("not done within " + LONGEST);
        }
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private final class Credentials implements ConnectCredentials {

        @Override
        public Uni<AwsCredentials> in(AwsAccount account) {
            return Uni.createFrom().item(AwsBasicCredentials.create(ModelConnect.accessKey(account.id()), "secret"));
        }

        @Override
        public Uni<Void> forget(AwsAccount account, AwsCredentials rejected) {
            forgotten.add(rejected);
            return Uni.createFrom().voidItem();
        }
    }
}
