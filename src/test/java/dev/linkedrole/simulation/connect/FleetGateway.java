package dev.linkedrole.simulation.connect;

import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.world.ModelService;
import dev.linkedrole.simulation.world.Wire;
import dev.linkedrole.simulation.world.World;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Amazon Connect as a process reaches it: paced, over the network, and sometimes without a permission. */
final class FleetGateway implements ConnectGateway {

    private static final Duration PACE = Duration.ofMillis(530);
    private static final int PAGE = 2;

    /** Probability that a call is denied, while there are faults. */
    private static final double DENIED = 0.15;

    private final World world;
    private final SortedMap<InstanceId, FleetInstance> instances;
    private final Wire wire;
    private final Retry retry;
    private final Defect defect;

    FleetGateway(World world, SortedMap<InstanceId, FleetInstance> instances, Wire wire, Retry retry, Defect defect) {
        this.world = world;
        this.instances = instances;
        this.wire = wire;
        this.retry = retry;
        this.defect = defect;
    }

    private <T> Uni<T> call(String operation, Supplier<T> answer) {
        return retry.pause(PACE)
                .chain(() -> Uni.createFrom()
                        .completionStage(() -> wire.call(ModelService.CONNECT, operation, () -> {
                            if (!world.faultProfile().calm() && world.chance.hits(DENIED)) {
                                throw new ConnectCallException(Kind.DENIED, "no permission for " + operation);
                            }
                            return answer.get();
                        })))
                .onFailure(SdkClientException.class)
                .transform(failure ->
                        new ConnectCallException(Kind.UNAVAILABLE, String.valueOf(failure.getMessage()), failure));
    }

    /** Reads settings of an instance. */
    private <T> Uni<List<T>> settings(String operation, InstanceId id, Function<FleetInstance, List<T>> settings) {
        Uni<List<T>> sound = call(
                operation,
                () -> Optional.ofNullable(instances.get(id))
                        .map(settings)
                        .orElseThrow(() -> new ConnectCallException(Kind.NOT_FOUND, "there is no " + id)));
        return defect == Defect.TAKES_UNREAD_FOR_ABSENT
                ? sound.onFailure(ConnectCallException.class).recoverWithItem(List.of())
                : sound;
    }

    @Override
    public Uni<InstancePage> instances(Optional<String> from) {
        return call("ListInstances", () -> {
            List<ConnectInstance> all = instances
                    .tailMap(from.map(InstanceId::new).orElse(new InstanceId("00000000-0000-0000-0000-000000000000")))
                    .values()
                    .stream()
                    .map(FleetInstance::described)
                    .toList();
            List<ConnectInstance> page = all.subList(0, Math.min(PAGE, all.size()));
            Optional<String> next =
                    all.size() > PAGE ? Optional.of(all.get(PAGE).arn().id().value()) : Optional.empty();
            return new InstancePage(page, List.of(), next);
        });
    }

    @Override
    public Uni<Optional<ConnectInstance>> instance(InstanceId id) {
        return call(
                "DescribeInstance", () -> Optional.ofNullable(instances.get(id)).map(FleetInstance::described));
    }

    @Override
    public Uni<List<StorageConfig>> storageConfigs(InstanceId id, String type) {
        return settings("ListInstanceStorageConfigs", id, instance -> instance.storage(type));
    }

    @Override
    public Uni<List<Bot>> bots(InstanceId id, LexVersion version) {
        return settings("ListBots", id, instance -> version == LexVersion.V1 ? instance.bots() : List.of());
    }

    @Override
    public Uni<List<Integration>> integrations(InstanceId id) {
        return settings("ListIntegrationAssociations", id, FleetInstance::integrations);
    }

    @Override
    public Uni<List<InstanceAttribute>> attributes(InstanceId id) {
        return settings("ListInstanceAttributes", id, FleetInstance::attributes);
    }
}
