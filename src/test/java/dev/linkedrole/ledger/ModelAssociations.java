package dev.linkedrole.ledger;

import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Associations in memory. */
public final class ModelAssociations implements Associations {

    private final Map<String, Association> known = new ConcurrentHashMap<>();

    @Override
    public Uni<Association> join(InstanceId instance, String id, Association more) {
        return Uni.createFrom().item(() -> known.merge(instance + "/" + id, more, Association::join));
    }
}
