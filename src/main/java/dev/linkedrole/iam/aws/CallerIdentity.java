package dev.linkedrole.iam.aws;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Account and partition of the controller's own credentials, which decide where they are valid. */
final class CallerIdentity {

    private final StsAsyncClient sts;
    private final Optional<String> partition;
    private @Nullable CompletableFuture<String> account;

    /** @param partition the partition of the endpoints that are called; empty if unknown, as with an emulator's */
    CallerIdentity(StsAsyncClient sts, Optional<String> partition) {
        this.sts = sts;
        this.partition = partition;
    }

    /** Returns the partition that a region is in. */
    static String partitionOf(Region region) {
        return PartitionMetadata.of(region).id();
    }

    /** True if calls go to AWS itself. At any other endpoint, accounts and partitions cannot be known. */
    boolean isOfAws() {
        return partition.isPresent();
    }

    /**
     * Returns the objection to another partition, as a clause that follows its subject: neither credentials nor assumed
     * roles work across partitions.
     */
    Optional<String> objection(String other) {
        return partition
                .filter(own -> !own.equals(other))
                .map(own -> "is in the partition " + other + ", and this controller works in " + own
                        + "; each partition needs one of its own");
    }

    /** Returns the account, which is looked up once. No permission is needed for that. */
    Uni<String> account() {
        // A copy: a cancelled subscriber must not cancel the others.
        return Uni.createFrom()
                .completionStage(() -> asked().copy())
                .onFailure()
                .transform(failure -> StsErrors.classify("GetCallerIdentity", failure));
    }

    private synchronized CompletableFuture<String> asked() {
        if (account == null || account.isCompletedExceptionally()) {
            account = sts.getCallerIdentity().thenApply(GetCallerIdentityResponse::account);
        }
        return account;
    }
}
