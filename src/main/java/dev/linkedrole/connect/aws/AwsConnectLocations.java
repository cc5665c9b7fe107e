package dev.linkedrole.connect.aws;

import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.RequestPacer;
import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.function.Function;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** Accounts and regions of Amazon Connect in AWS, by the credentials that are valid in each account. */
public final class AwsConnectLocations implements ConnectLocations {

    private final ConnectCredentials credentials;
    private final ConnectClient client;
    private final RequestPacer pacer;
    private final int attempts;
    private final Retry retry;

    /**
     * @param credentials credentials for each account
     * @param http connections, which stay open
     * @param pacer pacer of the requests
     * @param limits attempts of a call, and the time limit of each. The time limit of all together does not apply:
     *     requests wait for their turn, however long that takes
     * @param clock the clock by which requests are signed
     */
    public AwsConnectLocations(
            ConnectCredentials credentials,
            SdkAsyncHttpClient http,
            RequestPacer pacer,
            CallLimits limits,
            InstantSource clock,
            Retry retry) {
        this.credentials = credentials;
        this.client =
                new ConnectClient(http, ConnectClient.configuredEndpoints(), limits.attemptTimeout(), clock, retry);
        this.pacer = pacer;
        this.attempts = limits.attempts();
        this.retry = retry;
    }

    @Override
    public <T> Uni<T> in(ConnectLocation location, Function<ConnectGateway, Uni<T>> work) {
        return pacer.during(
                location,
                lane -> work.apply(new AwsConnectGateway(location, credentials, client, lane, attempts, retry)));
    }
}
