package dev.linkedrole.connect.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;

/**
 * Client of Amazon Connect's API: signs and sends one request, and reads its answer. The SDK knows the endpoints, and
 * whether another one is configured ({@code AWS_ENDPOINT_URL_CONNECT}, {@code AWS_ENDPOINT_URL}, or a profile).
 */
final class ConnectClient {

    private static final String SERVICE = "connect";

    /** Maximum length of a body: a page has at most a hundred items of some hundred bytes. */
    private static final int MAX_BODY = 1 << 20;

    /** Maximum number of endpoints kept: far more than there are regions. */
    private static final int MAX_REGIONS = 100;

    private final SdkAsyncHttpClient http;
    private final Function<String, URI> endpoint;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Duration timeout;
    private final InstantSource clock;
    private final Retry retry;

    /** Lead of AWS' clock before this machine's, once it has rejected a signature for that. */
    private volatile Duration skew = Duration.ZERO;

    /**
     * @param endpoint endpoint of each region
     * @param timeout time limit of one request
     * @param clock the clock by which requests are signed
     */
    ConnectClient(
            SdkAsyncHttpClient http,
            Function<String, URI> endpoint,
            Duration timeout,
            InstantSource clock,
            Retry retry) {
        this.http = http;
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.clock = clock;
        this.retry = retry;
    }

    /** Makes a call, once. */
    Uni<JsonNode> call(ConnectCall call, String region, AwsCredentials credentials) {
        return Uni.createFrom().deferred(() -> {
            Clock signing = Clock.offset(clock.withZone(ZoneOffset.UTC), skew);
            Instant signedAt = signing.instant();
            SdkHttpRequest request = signed(call, region, credentials, Clock.fixed(signedAt, ZoneOffset.UTC));
            return retry.within(timeout, HttpExchange.send(http, request, MAX_BODY))
                    .onFailure()
                    .transform(failure -> ConnectErrors.unanswered(call.operation(), failure))
                    .map(answer -> read(call, answer, signedAt));
        });
    }

    private SdkHttpRequest signed(ConnectCall call, String region, AwsCredentials credentials, Clock signing) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(endpoint.apply(region))
                .appendHeader("Accept", "application/json")
                .appendHeader("User-Agent", "linked-role-controller");
        request.encodedPath(request.encodedPath().replaceAll("/$", "") + call.path());
        call.query().forEach(request::putRawQueryParameter);
        return signer.sign(sign -> sign.identity(credentials)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, signing))
                .request();
    }

    /** Returns the endpoints of AWS' regions, or the one that is configured in their place; each is looked up once. */
    static Function<String, URI> configuredEndpoints() {
        Cache<String, URI> endpoints =
                Caffeine.newBuilder().maximumSize(MAX_REGIONS).build();
        return region -> endpoints.get(region, ConnectClient::configuredEndpoint);
    }

    private static URI configuredEndpoint(String region) {
        return AwsClientEndpointProvider.builder()
                .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_CONNECT")
                .serviceEndpointOverrideSystemProperty("aws.endpointUrlConnect")
                .serviceProfileProperty(SERVICE)
                .profileFile(ProfileFile::defaultProfileFile)
                .profileName(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow())
                .serviceEndpointPrefix(SERVICE)
                .defaultProtocol("https")
                .region(Region.of(region))
                .build()
                .clientEndpoint();
    }

    private JsonNode read(ConnectCall call, HttpAnswer answer, Instant signedAt) {
        if (answer.isSuccess()) {
            return ConnectJson.parse(answer.body());
        }
        ErrorAnswer error = ConnectErrors.read(answer);
        Duration wrong = ConnectErrors.skew(answer, error, signedAt).orElse(Duration.ZERO);
        if (!wrong.isZero()) {
            skew = skew.plus(wrong);
            throw new ConnectCallException(
                    Kind.UNAVAILABLE, "AWS' clock differs from this machine's by " + skew + "; it is used", error);
        }
        throw ConnectErrors.classify(call.operation(), error);
    }
}
