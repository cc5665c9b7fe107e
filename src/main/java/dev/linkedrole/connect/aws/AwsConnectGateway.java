package dev.linkedrole.connect.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.RequestPacer;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Calls in one account and region, each attempt of which waits for its turn. */
final class AwsConnectGateway implements ConnectGateway {

    private static final Backoff BETWEEN_ATTEMPTS = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20));

    /** Maximum number of pages of one list, since markers might never end. */
    private static final int MAX_PAGES = 200;

    private final ConnectLocation location;
    private final AwsAccount account;
    private final ConnectCredentials credentials;
    private final ConnectClient client;
    private final RequestPacer.Lane lane;
    private final int attempts;
    private final Retry retry;

    AwsConnectGateway(
            ConnectLocation location,
            ConnectCredentials credentials,
            ConnectClient client,
            RequestPacer.Lane lane,
            int attempts,
            Retry retry) {
        this.location = location;
        this.account = new AwsAccount(
                PartitionMetadata.of(Region.of(location.region())).id(), location.account());
        this.credentials = credentials;
        this.client = client;
        this.lane = lane;
        this.attempts = attempts;
        this.retry = retry;
    }

    @Override
    public Uni<InstancePage> instances(Optional<String> from) {
        return call(ConnectCall.listInstances(from)).map(answer -> ConnectJson.instances(answer, location));
    }

    @Override
    public Uni<Optional<ConnectInstance>> instance(InstanceId id) {
        return call(ConnectCall.describeInstance(id))
                .map(answer -> Optional.of(ConnectJson.describedInstance(answer, location)))
                .onFailure(failure -> ConnectCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<List<StorageConfig>> storageConfigs(InstanceId id, String type) {
        return all(from -> ConnectCall.listInstanceStorageConfigs(id, type, from), ConnectJson::storageConfigs);
    }

    @Override
    public Uni<List<Bot>> bots(InstanceId id, LexVersion version) {
        return all(from -> ConnectCall.listBots(id, version, from), ConnectJson::bots);
    }

    @Override
    public Uni<List<Integration>> integrations(InstanceId id) {
        return all(from -> ConnectCall.listIntegrationAssociations(id, from), ConnectJson::integrations);
    }

    @Override
    public Uni<List<InstanceAttribute>> attributes(InstanceId id) {
        return all(from -> ConnectCall.listInstanceAttributes(id, from), ConnectJson::attributes);
    }

    /** Reads all pages of a list. */
    private <T> Uni<List<T>> all(Function<Optional<String>, ConnectCall> page, Function<JsonNode, List<T>> read) {
        return Uni.createFrom().deferred(() -> rest(page, read, Optional.empty(), new ArrayList<>(), 1));
    }

    private <T> Uni<List<T>> rest(
            Function<Optional<String>, ConnectCall> page,
            Function<JsonNode, List<T>> read,
            Optional<String> from,
            List<T> items,
            int number) {
        ConnectCall call = page.apply(from);
        return call(call).flatMap(answer -> {
            items.addAll(read.apply(answer));
            Optional<String> next = ConnectJson.nextToken(answer);
            if (next.isEmpty()) {
                return Uni.createFrom().item(List.copyOf(items));
            }
            if (next.equals(from) || number == MAX_PAGES) {
                throw new ConnectCallException(Kind.MALFORMED, "the pages of " + call.operation() + " do not end");
            }
            return rest(page, read, next, items, number + 1);
        });
    }

    private Uni<JsonNode> call(ConnectCall call) {
        return retry.upTo(
                attempts,
                BETWEEN_ATTEMPTS,
                AwsConnectGateway::mayPass,
                () -> attempt(call)
                        // Retried once only: if a new session is rejected too, another new one would be as well.
                        .onFailure(ConnectErrors::isOfDeadCredentials)
                        .recoverWithUni(() -> attempt(call)));
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof ConnectCallException connect && connect.mayPass();
    }

    private Uni<JsonNode> attempt(ConnectCall call) {
        return credentials
                .in(account)
                .onFailure()
                .transform(ConnectErrors::withoutCredentials)
                .flatMap(valid -> lane.request(() -> client.call(call, location.region(), valid))
                        .onFailure(ConnectErrors::isOfDeadCredentials)
                        .call(() -> credentials.forget(account, valid)));
    }
}
