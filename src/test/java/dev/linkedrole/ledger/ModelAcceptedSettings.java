package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.state.SettingsSnapshot;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Accepted settings in memory, which all replicas share, and the texts of the last start. */
public final class ModelAcceptedSettings implements AcceptedSettingsStore {

    private final AtomicReference<Optional<Acceptance>> item;
    private final AtomicReference<Optional<SettingsSnapshot>> lastStart;
    private final ModelLedger.Gate gate;

    /** Creates an item that is not there yet, and a way to it without a gate. */
    public ModelAcceptedSettings() {
        this(new AtomicReference<>(Optional.empty()), new AtomicReference<>(Optional.empty()), new AtOnce());
    }

    private ModelAcceptedSettings(
            AtomicReference<Optional<Acceptance>> item,
            AtomicReference<Optional<SettingsSnapshot>> lastStart,
            ModelLedger.Gate gate) {
        this.item = item;
        this.lastStart = lastStart;
        this.gate = gate;
    }

    private static final class AtOnce implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }

    /** Returns the same item as one replica reaches it. */
    public ModelAcceptedSettings through(ModelLedger.Gate between) {
        return new ModelAcceptedSettings(item, lastStart, between);
    }

    /** Removes the item. */
    public void lose() {
        item.set(Optional.empty());
    }

    /** Stores an acceptance whatever is there. */
    public void put(Acceptance acceptance) {
        item.set(Optional.of(acceptance));
    }

    /** Stores the texts as an earlier version did, which accepted nothing. */
    public void startedBefore(SettingsSnapshot settings) {
        lastStart.set(Optional.of(settings));
    }

    /** Returns the settings of the last start. */
    public LastSettings last() {
        return new LastSettings() {
            @Override
            public Uni<Optional<SettingsSnapshot>> load() {
                return call("LoadSettings", lastStart::get);
            }

            @Override
            public Uni<Void> save(SettingsSnapshot settings, Instant at) {
                return call("SaveSettings", () -> {
                            startedBefore(settings);
                            return true;
                        })
                        .replaceWithVoid();
            }
        };
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }

    @Override
    public Uni<Optional<Acceptance>> load() {
        return call("LoadAccepted", item::get);
    }

    @Override
    public Uni<Boolean> replace(Optional<String> expected, Acceptance next) {
        return call("Accept", () -> {
            Optional<Acceptance> before = Objects.requireNonNull(item.get());
            return before.map(Acceptance::digest).equals(expected) && item.compareAndSet(before, Optional.of(next));
        });
    }
}
