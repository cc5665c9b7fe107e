package dev.linkedrole.config;

import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.RoleSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;

/** All that can be set, with what it is when it is not. Checked when the service starts. */
@ConfigMapping(prefix = "linked-role")
public interface ControllerConfig {

    /** The built-in catalog that is taken where none is named. */
    String DEFAULT_CATALOG = "amazon-connect";

    /** The configured value, at the end of a message on the allowed ones. */
    String NOT = ", not \"${validatedValue}\"";

    String RANGE = "must be from {min} to {max}, not ${validatedValue}";

    /** The queues, by name. Each may carry events of every type. */
    Queues queues();

    /** The ledger's table, by name. */
    @WithDefault("linked-roles")
    @Pattern(regexp = "[A-Za-z0-9_.-]{3,255}", message = "must be the name of a DynamoDB table" + NOT)
    String table();

    /** How the roles are owned. */
    @WithDefault("customer-managed")
    Mode mode();

    /** What role names begin with, if not what the catalog says; 32 hexadecimal digits follow, and IAM takes 64 characters. */
    Optional<
                    @Pattern(
                            regexp = "[A-Za-z0-9+=,.@_-]{1,32}",
                            message = "must be 1 to 32 of the characters A-Z a-z 0-9 + = , . @ _ -" + NOT)
                    String>
            namePrefix();

    /** The IAM path of the roles, if not {@code /linked-role/} and the catalog's principal. */
    Optional<
                    @Pattern(
                            regexp = "/|/[!-~]{1,510}/",
                            message = "must begin and end with a slash, as IAM's paths do" + NOT)
                    String>
            path();

    /**
     * The ARN of a policy that bounds whatever the roles may do; {@code {partition}} and {@code {account}} stand for the
     * instance's, since a role's boundary is in its own account.
     */
    Optional<
                    @Pattern(
                            regexp = "arn:(aws[a-z-]*|\\{partition}):iam::([0-9]{12}|aws|\\{account}):policy/.+",
                            message = "must be the ARN of a managed policy" + NOT)
                    String>
            permissionsBoundary();

    /**
     * How many managed policies a role may have beside its inline policy, for what does not fit there. IAM attaches {@value
     * RoleSettings#DEFAULT_MANAGED_POLICIES} to a role unless its quota was raised.
     */
    @WithDefault("" + RoleSettings.DEFAULT_MANAGED_POLICIES)
    @Range(min = 0, max = PolicySlot.MAX_MANAGED, message = RANGE)
    int managedPolicies();

    /** The value of the tag by which this deployment knows its own roles; two deployments in one account need two. */
    @WithDefault("linked-role-controller")
    @Pattern(regexp = "[A-Za-z0-9 _.:/=+@-]{1,256}", message = "must be what IAM takes as the value of a tag" + NOT)
    String owner();

    /**
     * The value of the tag by which this deployment finds roles of another one that has the same owner; if it is not set, the ARN of the
     * ledger's table. To be set where a table was put back under another name.
     */
    Optional<
                    @Pattern(
                            regexp = "[A-Za-z0-9 _.:/=+@-]{1,256}",
                            message = "must be what IAM takes as the value of a tag" + NOT)
                    String>
            deployment();

    /** What roles may be granted: the name of a built-in catalog, or the path of a catalog file. */
    @WithDefault(DEFAULT_CATALOG)
    @NotBlank
    String catalog();

    /**
     * The roles to assume, by the account they are in; {@code default} is for all accounts that are not named. The
     * controller's own account needs none.
     */
    Map<String, AccountRole> accounts();

    Intake intake();

    Resync resync();

    Iam iam();

    Outcomes outcomes();

    Api api();

    /** Ways to own a role. */
    enum Mode {
        /** Ordinary roles on a path of their own, as any account may make them. */
        CUSTOMER_MANAGED,
        /** Service-linked roles, which IAM names, and on AWS only their service can change. */
        SERVICE_LINKED
    }

    /** A role to assume to work in an account. */
    interface AccountRole {
        /** Its ARN; {@code {partition}} and {@code {account}} stand for the instance's. */
        String role();

        /** The external id that its trust policy asks for. */
        Optional<String> externalId();
    }

    /** Names of queues. Each needs a dead-letter queue, set by its redrive policy. */
    interface Queues {
        String NAME = "[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo";
        String MESSAGE = "must be the name of an SQS queue" + NOT;

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
        /** How many instances are worked on at once. */
        @WithDefault("32")
        @Range(min = 1, max = 1024, message = RANGE)
        int concurrency();

        /** How many receives of one queue are under way at most. One waits at a queue that is empty. */
        @WithDefault("16")
        @Range(min = 1, max = 64, message = RANGE)
        int receives();

        /** How many messages of one queue are in flight at most: received, and neither deleted nor put back yet. */
        @WithDefault("320")
        @Range(min = 1, max = 10_000, message = RANGE)
        int inHand();

        /**
         * How long a receive waits for messages; SQS has whole seconds, up to 20. An idle service stops when its last receives have ended.
         */
        @WithDefault("5s")
        @Within(least = "0s", most = "20s", wholeSeconds = true)
        Duration longPoll();

        /** How long a message that failed for the first time stays away; twice as long each time after. */
        @WithDefault("2s")
        @Within(least = "1ms", most = "12h")
        Duration firstBackoff();

        /** The longest it stays away. */
        @WithDefault("15m")
        @Within(least = "1ms", most = "12h")
        Duration longestBackoff();

        /** The most that an event's time may be ahead of this service's clock. */
        @WithDefault("24h")
        @Within(least = "0s", most = "365d")
        Duration clockTolerance();

        /**
         * How long what has been begun, receives among it, may take to be finished when the service is told to stop; with what comes after,
         * that is less than the 30 s that orchestrators wait.
         */
        @WithDefault("20s")
        @Within(least = "0s", most = "25s")
        Duration drain();

        /** How often the queues' dead-letter queues and visibility timeouts are looked up again. */
        @WithDefault("1m")
        @Within(least = "100ms", most = "1h")
        Duration refreshEvery();
    }

    /** How all roles are compared with IAM. */
    interface Resync {
        /** How often. */
        @WithDefault("10m")
        @Within(least = "1s", most = "24h")
        Duration every();

        /** How many roles at once. */
        @WithDefault("2")
        @Range(min = 1, max = 32, message = RANGE)
        int concurrency();

        /** How long after its deletion a role is still looked for; longer than replicas' clocks may be apart. */
        @WithDefault("24h")
        @Within(least = "1m", most = "365d")
        Duration quietPeriod();
    }

    /** How IAM is called. */
    interface Iam {
        /** How often a call that is throttled or fails is made in all, with backoff and jitter. */
        @WithDefault("5")
        @Range(min = 1, max = 20, message = RANGE)
        int attempts();

        /** How long one attempt may take. */
        @WithDefault("5s")
        @Within(least = "100ms", most = "1m")
        Duration attemptTimeout();

        /** How long a call may take with all its attempts; at least as long as one. */
        @WithDefault("20s")
        @Within(least = "100ms", most = "5m")
        Duration timeout();

        /** How long to wait until IAM has deleted a service-linked role, before the rest is left to the resync. */
        @WithDefault("15s")
        @Within(least = "0s", most = "5m")
        Duration deletionPatience();

        /** How long nothing may come back from an account before it keeps no place from others any more. */
        @WithDefault("500ms")
        @Within(least = "10ms", most = "1m")
        Duration slowAfter();

        /** How many sessions of assumed roles are kept open, one for each instance. */
        @WithDefault("1000")
        @Range(min = 1, max = 100_000, message = RANGE)
        int sessions();
    }

    /** Who is told what became of events. */
    interface Outcomes {
        /** Where outcomes are published: the ARN of an SNS topic, an EventBridge bus or an SQS queue, or a queue's URL; nowhere if not set. */
        Optional<
                        @Pattern(
                                regexp = "arn:aws[a-z-]*:(sns|sqs):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?"
                                        + "|arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9_./-]{1,256}"
                                        + "|https?://[^/]+(/[a-z0-9-]+)*/[0-9]{12}/[A-Za-z0-9_-]{1,80}(\\.fifo)?",
                                message =
                                        "must be the ARN of an SNS topic, an EventBridge bus or an SQS queue, or the URL of an SQS queue"
                                                + NOT)
                        String>
                target();

        /** Who says it: the source of the outcomes. Two deployments that publish to one target need two. */
        @WithDefault("linked-role-controller")
        @Pattern(
                regexp = "(?!aws\\.)[A-Za-z0-9._:/@+-]{1,256}",
                message = "must be a URI reference without spaces, and not begin with aws." + NOT)
        String source();

        /** How often outcomes that could not be published are tried again. */
        @WithDefault("30s")
        @Within(least = "1s", most = "1h")
        Duration retryEvery();
    }

    /** Who may ask. */
    interface Api {
        /** The name that callers of the API give. */
        @WithDefault("operator")
        @NotBlank
        String user();

        /** The password that they give. */
        Optional<String> password();

        /** A bearer token that they may give instead. Without it and a password the API is closed. */
        Optional<
                        @Pattern(
                                regexp = "[!-~]{16,1024}",
                                message = "must be 16 to 1,024 printable ASCII characters without spaces")
                        String>
                token();
    }
}
