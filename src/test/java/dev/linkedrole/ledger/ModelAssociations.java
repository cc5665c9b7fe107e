package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Associations in memory: an item that all replicas share. */
public final class ModelAssociations implements Associations {

    private final Map<String, Association> known = new ConcurrentHashMap<>();

    @Override
    public Uni<Association> join(InstanceId instance, String id, Association more) {
        return Uni.createFrom().item(() -> joined(instance, id, more));
    }

    private Association joined(InstanceId instance, String id, Association more) {
        return known.merge(instance + "/" + id, more, Association::join);
    }

    /** Returns the same associations as one replica reaches them. */
    public Associations through(ModelLedger.Gate gate) {
        return (instance, id, more) -> DynamoDbErrors.translated(Uni.createFrom()
                .completionStage(() -> gate.call("join", () -> joined(instance, id, more))));
    }
}
