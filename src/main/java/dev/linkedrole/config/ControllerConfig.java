package dev.linkedrole.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;

/** All that can be set, with what it is when it is not. Checked when the service starts. */
@ConfigMapping(prefix = "linked-role")
public interface ControllerConfig {

    /** The queues, by name. Each may carry events of every type. */
    Queues queues();

    /** The ledger's table, by name. */
    @WithDefault("linked-roles")
    @Pattern(regexp = "[A-Za-z0-9_.-]{3,255}", message = "must be the name of a DynamoDB table")
    String table();

    /** How the roles are owned. */
    @WithDefault("customer-managed")
    Mode mode();

    /** What role names begin with, if not what the catalog says; 32 hexadecimal digits follow, and IAM takes 64 characters. */
    Optional<
                    @Pattern(
                            regexp = "[A-Za-z0-9+=,.@_-]{1,32}",
                            message = "must be 1 to 32 of the characters A-Z a-z 0-9 + = , . @ _ -")
                    String>
            namePrefix();

    /** The IAM path of the roles, if not {@code /linked-role/} and the catalog's principal. */
    Optional<
                    @Pattern(
                            regexp = "/|/[!-~]{1,510}/",
                            message = "must begin and end with a slash, as IAM's paths do")
                    String>
            path();

    /** The ARN of a policy that bounds whatever the roles may do. */
    Optional<
                    @Pattern(
                            regexp = "arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+",
                            message = "must be the ARN of a managed policy")
                    String>
            permissionsBoundary();

    /** The value of the tag by which this deployment knows its own roles; two deployments in one account need two. */
    @WithDefault("linked-role-controller")
    @Pattern(regexp = "[A-Za-z0-9 _.:/=+@-]{1,256}", message = "must be what IAM takes as the value of a tag")
    String owner();

    /** What roles may be granted: the name of a built-in catalog, or the path of a catalog file. */
    @WithDefault("amazon-connect")
    @NotBlank
    String catalog();

    Intake intake();

    Resync resync();

    Iam iam();

    Api api();

    /** Ways to own a role. */
    enum Mode {
        /** Ordinary roles on a path of their own, as any account may make them. */
        CUSTOMER_MANAGED
    }

    /** Names of queues. Each needs a dead-letter queue, set by its redrive policy. */
    interface Queues {
        String NAME = "[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo";
        String MESSAGE = "must be the name of an SQS queue";

        @WithDefault("linked-role-instance-created")
        @Pattern(regexp = NAME, message = MESSAGE)
        String instanceCreated();

        @WithDefault("linked-role-feature-enabled")
        @Pattern(regexp = NAME, message = MESSAGE)
        String featureEnabled();

        @WithDefault("linked-role-instance-deleted")
        @Pattern(regexp = NAME, message = MESSAGE)
        String instanceDeleted();
    }

    /** How messages are received. */
    interface Intake {
        /** How many receivers each queue has, and so how many of its messages are in hand at once. */
        @WithDefault("8")
        @Min(1)
        @Max(64)
        int concurrency();

        /** How long a message that failed for the first time stays away; twice as long each time after. */
        @WithDefault("2s")
        Duration firstBackoff();

        /** The longest it stays away. */
        @WithDefault("15m")
        Duration longestBackoff();

        /** How long messages in hand may take to be finished when the service is told to stop. */
        @WithDefault("20s")
        Duration drain();
    }

    /** How all roles are compared with IAM. */
    interface Resync {
        /** How often. */
        @WithDefault("10m")
        Duration every();

        /** How many roles at once. */
        @WithDefault("2")
        @Min(1)
        @Max(32)
        int concurrency();

        /** How long after its deletion a role is still looked for. */
        @WithDefault("24h")
        Duration quietPeriod();
    }

    /** How IAM is called. */
    interface Iam {
        /** How often a call that is throttled or fails is made in all, with backoff and jitter. */
        @WithDefault("5")
        @Min(1)
        @Max(20)
        int attempts();

        /** How long one attempt may take. */
        @WithDefault("5s")
        Duration attemptTimeout();

        /** How long a call may take with all its attempts. */
        @WithDefault("20s")
        Duration timeout();
    }

    /** Who may ask. */
    interface Api {
        /** The name that callers of the API give. */
        @WithDefault("operator")
        @NotBlank
        String user();

        /** The password that they give; without one the API is closed. */
        Optional<String> password();
    }
}
