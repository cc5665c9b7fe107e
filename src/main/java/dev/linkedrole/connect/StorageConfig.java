package dev.linkedrole.connect;

import java.util.Optional;

/**
 * A place where an instance stores data of one type.
 *
 * @param associationId id by which Amazon Connect names this place when it is changed or removed; empty if it has none
 */
public record StorageConfig(Optional<String> associationId, Storage storage) {

    /** A place for data. */
    public sealed interface Storage {}

    /**
     * A prefix in an S3 bucket.
     *
     * @param kmsKey key that encrypts the data, by its id or ARN; empty if none is configured
     */
    public record S3(String bucket, String prefix, Optional<String> kmsKey) implements Storage {}

    /** Kinesis video streams, one for each contact, whose names begin with a prefix. */
    public record VideoStreams(String prefix, Optional<String> kmsKey) implements Storage {}

    /** A Kinesis data stream. */
    public record DataStream(String arn) implements Storage {}

    /** A Firehose stream. */
    public record DeliveryStream(String arn) implements Storage {}

    /**
     * A place of a type that this version does not know.
     *
     * @param type the type by Amazon Connect's name
     */
    public record UnknownStorage(String type) implements Storage {}
}
