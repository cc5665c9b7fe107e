package dev.linkedrole.connect;

import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reader of one instance, whole, one request after the other. A setting that cannot be read is noted and does not keep
 * the others from being read; a failure of the account or region as a whole ends the reading, which then can be begun
 * again.
 */
public final class InstanceReader {

    private final ConnectGateway gateway;
    private final InstantSource clock;

    /** @param clock the clock by which readings are timed */
    public InstanceReader(ConnectGateway gateway, InstantSource clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    /**
     * Reads an instance.
     *
     * @return empty if there is no such instance; without settings if it is not active. Fails with a
     *     {@link ConnectCallException} that {@link ConnectCallException#concernsLocation concerns the location}, or if
     *     the instance itself cannot be read
     */
    public Uni<Optional<InstanceReading>> read(InstanceId id, ReadScope scope) {
        return Uni.createFrom().deferred(() -> {
            Instant begun = clock.instant();
            return gateway.instance(id)
                    .flatMap(found -> found.map(instance -> settings(new Draft(begun, instance), scope))
                            .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
        });
    }

    private Uni<Optional<InstanceReading>> settings(Draft draft, ReadScope scope) {
        if (draft.instance.status() != ConnectInstance.Status.ACTIVE) {
            return Uni.createFrom().item(Optional.of(draft.reading()));
        }
        Uni<Void> reading = Uni.createFrom().voidItem();
        for (Part<?> part : parts(draft, scope)) {
            reading = reading.chain(() -> read(part, draft));
        }
        return reading.chain(() -> finished(draft));
    }

    private List<Part<?>> parts(Draft draft, ReadScope scope) {
        InstanceId id = draft.instance.arn().id();
        List<Part<?>> parts = new ArrayList<>();
        for (String type : new TreeSet<>(scope.storage())) {
            parts.add(new Part<>(
                    "storage " + type,
                    () -> gateway.storageConfigs(id, type),
                    found -> draft.storage.put(type, found)));
        }
        for (LexVersion version : new TreeSet<>(scope.bots())) {
            parts.add(new Part<>(
                    "bots " + version, () -> gateway.bots(id, version), found -> draft.bots.put(version, found)));
        }
        if (scope.integrations()) {
            parts.add(new Part<>(
                    "integrations", () -> gateway.integrations(id), found -> draft.integrations = Optional.of(found)));
        }
        if (scope.attributes()) {
            parts.add(new Part<>(
                    "attributes", () -> gateway.attributes(id), found -> draft.attributes = Optional.of(found)));
        }
        return parts;
    }

    private static <T> Uni<Void> read(Part<T> part, Draft draft) {
        return Uni.createFrom()
                .deferred(() -> part.call.get())
                .invoke(part.found)
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof ConnectCallException connect && !connect.concernsLocation())
                .recoverWithUni(failure -> {
                    draft.note(part.name, (ConnectCallException) failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /**
     * Ends a reading. If a call did not find the instance, it may have been deleted meanwhile; only the instance itself
     * tells.
     */
    private Uni<Optional<InstanceReading>> finished(Draft draft) {
        Uni<Boolean> there = draft.unread.stream().anyMatch(unread -> unread.kind() == Kind.NOT_FOUND)
                ? gateway.instance(draft.instance.arn().id()).map(Optional::isPresent)
                : Uni.createFrom().item(true);
        return there.map(still -> still ? Optional.of(draft.reading()) : Optional.empty());
    }

    /** One call for one part of an instance. */
    private record Part<T>(String name, Supplier<Uni<T>> call, Consumer<T> found) {}

    /** A reading in the making. */
    private static final class Draft {

        private final Instant begun;
        private final ConnectInstance instance;
        private final Map<String, List<StorageConfig>> storage = new TreeMap<>();
        private final Map<LexVersion, List<Bot>> bots = new EnumMap<>(LexVersion.class);
        private Optional<List<Integration>> integrations = Optional.empty();
        private Optional<List<InstanceAttribute>> attributes = Optional.empty();
        private final List<Unread> unread = new ArrayList<>();

        Draft(Instant begun, ConnectInstance instance) {
            this.begun = begun;
            this.instance = instance;
        }

        void note(String part, ConnectCallException failure) {
            unread.add(new Unread(part, failure.kind(), String.valueOf(failure.getMessage())));
        }

        InstanceReading reading() {
            return new InstanceReading(begun, instance, storage, bots, integrations, attributes, unread);
        }
    }
}
