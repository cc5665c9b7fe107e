package dev.linkedrole.connect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one instance, as they were read. A setting that was not in the {@link ReadScope}, or could not be
 * read, is absent, which differs from one that was read and is empty.
 *
 * @param begunAt time before the first request: all that is said here was still so, or became so, after it
 * @param storage places of each type of stored data that was read
 * @param bots bots of each version of Amazon Lex that was read
 * @param unread what could not be read, and why
 */
public record InstanceReading(
        Instant begunAt,
        ConnectInstance instance,
        Map<String, List<StorageConfig>> storage,
        Map<LexVersion, List<Bot>> bots,
        Optional<List<Integration>> integrations,
        Optional<List<InstanceAttribute>> attributes,
        List<Unread> unread) {

    public InstanceReading {
        storage = Map.copyOf(storage);
        bots = Map.copyOf(bots);
        integrations = integrations.map(List::copyOf);
        attributes = attributes.map(List::copyOf);
        unread = List.copyOf(unread);
    }
}
