package dev.linkedrole.connect;

import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Calls to Amazon Connect in one account and region. Each reads and changes nothing; each fails with a
 * {@link ConnectCallException}, of kind {@link ConnectCallException.Kind#NOT_FOUND} if there is no such instance.
 */
public interface ConnectGateway {

    /**
     * Reads a page of the instances: at most ten, one request.
     *
     * @param from marker of the page; empty for the first one
     */
    Uni<InstancePage> instances(Optional<String> from);

    /** Reads one instance; empty if there is none. */
    Uni<Optional<ConnectInstance>> instance(InstanceId id);

    /**
     * Reads where an instance stores one type of data.
     *
     * @param type the type by Amazon Connect's name, such as {@code CALL_RECORDINGS}
     */
    Uni<List<StorageConfig>> storageConfigs(InstanceId id, String type);

    /** Reads the bots of one version of Amazon Lex that an instance may use. */
    Uni<List<Bot>> bots(InstanceId id, LexVersion version);

    /** Reads the integrations of an instance with other services. */
    Uni<List<Integration>> integrations(InstanceId id);

    /** Reads the attributes of an instance. */
    Uni<List<InstanceAttribute>> attributes(InstanceId id);
}
