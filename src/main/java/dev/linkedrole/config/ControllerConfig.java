package dev.linkedrole.config;

import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.RoleSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;

/** Configuration of the service: every property with its default and bounds. Checked when the service starts. */
@ConfigMapping(prefix = "linked-role")
public interface ControllerConfig {

    /** Name of the built-in catalog that is the default. */
    String DEFAULT_CATALOG = "amazon-connect";

    /** End of a constraint's message: the configured value. */
    String NOT = ", not \"${validatedValue}\"";

    String RANGE = "must be from {min} to {max}, not ${validatedValue}";

    /** Names of the SQS queues. Each queue may carry events of every type. */
    Queues queues();

    /** Name of the ledger's DynamoDB table: 3 to 255 letters, digits, underscores, dots and hyphens. */
    @WithDefault("linked-roles")
    @Pattern(regexp = "[A-Za-z0-9_.-]{3,255}", message = "must be the name of a DynamoDB table" + NOT)
    String table();

    /**
     * Kind of role that the controller makes: {@code customer-managed} (ordinary roles) or {@code service-linked}
     * (roles that only their AWS service can change).
     */
    @WithDefault("customer-managed")
    Mode mode();

    /**
     * Prefix of role names, 1 to 32 characters; the instance id's 32 hexadecimal digits follow it. The default is the
     * catalog's prefix.
     */
    Optional<
                    @Pattern(
                            regexp = "[A-Za-z0-9+=,.@_-]{1,32}",
                            message = "must be 1 to 32 of the characters A-Z a-z 0-9 + = , . @ _ -" + NOT)
                    String>
            namePrefix();

    /**
     * IAM path of the roles, at most 512 characters; begins and ends with a slash. The default is {@code
     * /linked-role/PRINCIPAL/} with the catalog's principal.
     */
    Optional<
                    @Pattern(
                            regexp = "/|/[!-~]{1,510}/",
                            message = "must begin and end with a slash, as IAM's paths do" + NOT)
                    String>
            path();

    /**
     * ARN of the managed policy that every role gets as its permissions boundary. {@code {partition}} and {@code
     * {account}} stand for those of the instance, since a boundary has to be in the role's own account. If not set,
     * boundaries that others attach are left in place.
     */
    Optional<
                    @Pattern(
                            regexp = "arn:(aws[a-z-]*|\\{partition}):iam::([0-9]{12}|aws|\\{account}):policy/.+",
                            message = "must be the ARN of a managed policy" + NOT)
                    String>
            permissionsBoundary();

    /**
     * Maximum number of managed policies of one role, for permissions that do not fit into its inline policy: 0 to 20.
     * IAM's quota is {@value RoleSettings#DEFAULT_MANAGED_POLICIES} per role unless it was raised.
     */
    @WithDefault("" + RoleSettings.DEFAULT_MANAGED_POLICIES)
    @Range(min = 0, max = PolicySlot.MAX_MANAGED, message = RANGE)
    int managedPolicies();

    /**
     * Value of the tag {@code linked-role:managed-by} that marks this deployment's roles, 1 to 256 characters. Two
     * deployments in one account need different values.
     */
    @WithDefault("linked-role-controller")
    @Pattern(regexp = "[A-Za-z0-9 _.:/=+@-]{1,256}", message = "must be what IAM takes as the value of a tag" + NOT)
    String owner();

    /**
     * Value of the tag {@code linked-role:deployment} that tells apart two deployments with the same owner, 1 to 256
     * characters. The default is the ARN of the ledger's table; set it if the table was restored under another name.
     */
    Optional<
                    @Pattern(
                            regexp = "[A-Za-z0-9 _.:/=+@-]{1,256}",
                            message = "must be what IAM takes as the value of a tag" + NOT)
                    String>
            deployment();

    /**
     * Feature catalog, which defines the permissions that roles may be granted: the name of a built-in catalog or the
     * path of a catalog file.
     */
    @WithDefault(DEFAULT_CATALOG)
    @NotBlank
    String catalog();

    /**
     * Roles that the controller assumes to work in other accounts, by account id; {@code default} applies to all
     * accounts that are not listed. The controller's own account needs no entry.
     */
    Map<String, AccountRole> accounts();

    /**
     * True to do everything but the writes to IAM: events are recorded and roles compared, and the condition {@code
     * Paused} tells the next step of each role that would change.
     */
    @WithDefault("false")
    boolean observe();

    LeaveAlone leaveAlone();

    Guard guard();

    Intake intake();

    Resync resync();

    Iam iam();

    Connect connect();

    Outcomes outcomes();

    Api api();

    /** Kinds of role that the controller can make. */
    enum Mode {
        /** Ordinary roles on an IAM path of their own. */
        CUSTOMER_MANAGED,
        /** Service-linked roles: IAM chooses their names, and on AWS only their service can change them. */
        SERVICE_LINKED
    }

    /** Role that the controller assumes to work in an account. */
    interface AccountRole {
        /** ARN of the role to assume; {@code {partition}} and {@code {account}} stand for those of the instance. */
        String role();

        /** External id that the trust policy of the assumed role requires, if it requires one. */
        Optional<String> externalId();
    }

    /**
     * Names of the SQS queues that are consumed. Each queue needs a redrive policy that names its dead-letter queue.
     */
    interface Queues {
        String NAME = "[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo";
        String MESSAGE = "must be the name of an SQS queue" + NOT;

        /** Name of the SQS queue meant for {@code instance-created} events. */
        @WithDefault("linked-role-instance-created")
        @Pattern(regexp = NAME, message = MESSAGE)
        String instanceCreated();

        /** Name of the SQS queue meant for {@code feature-enabled} and {@code feature-disabled} events. */
        @WithDefault("linked-role-feature-enabled")
        @Pattern(regexp = NAME, message = MESSAGE)
        String featureEnabled();

        /** Name of the SQS queue meant for {@code instance-deleted} events. */
        @WithDefault("linked-role-instance-deleted")
        @Pattern(regexp = NAME, message = MESSAGE)
        String instanceDeleted();
    }

    /** Content of roles that others put there by rule, and that stays. */
    interface LeaveAlone {
        /**
         * Patterns, separated by commas, of policies of others that stay on roles: ARNs or names of attached policies,
         * and names of inline policies, with the wildcards {@code *} and {@code ?}; at most 50. All other policies of
         * others are removed.
         */
        Optional<
                        @Pattern(
                                regexp = "[A-Za-z0-9_+=.@:/*?-]{1,512}(, ?[A-Za-z0-9_+=.@:/*?-]{1,512}){0,49}",
                                message = "must be patterns such as arn:aws:iam::*:policy/guard-rails/*,SecurityAudit"
                                        + NOT)
                        String>
                policies();
    }

    /** Settings for holding changes of the settings and the catalog until an operator releases them. */
    interface Guard {
        /**
         * True to hold a change of the catalog, the boundary or the patterns left alone that takes something from
         * recorded roles, until an operator releases it. False to make every change at once.
         */
        @WithDefault("true")
        boolean hold();

        /**
         * Maximum number of recorded roles that such a change may alter without a release, if none of them loses
         * anything: 0 to 1000000.
         */
        @WithDefault("100")
        @Range(min = 0, max = 1_000_000, message = RANGE)
        int changes();
    }

    /** Settings for receiving and handling messages. */
    interface Intake {
        /** Maximum number of instances that one replica works on concurrently: 1 to 1024. */
        @WithDefault("32")
        @Range(min = 1, max = 1024, message = RANGE)
        int concurrency();

        /**
         * Maximum number of concurrent receive calls for one queue: 1 to 64. A single call polls a queue that is empty.
         */
        @WithDefault("16")
        @Range(min = 1, max = 64, message = RANGE)
        int maxConcurrentReceives();

        /**
         * Maximum number of messages of one queue in flight, that is, received and neither deleted nor returned to the
         * queue yet: 1 to 10000. Large messages lower it.
         */
        @WithDefault("320")
        @Range(min = 1, max = 10_000, message = RANGE)
        int maxInFlight();

        /**
         * Time a receive call waits for messages, in whole seconds: 0s to 20s. An idle service needs up to this time to
         * stop.
         */
        @WithDefault("5s")
        @Within(least = "0s", most = "20s", wholeSeconds = true)
        Duration longPoll();

        /**
         * Delay before a failed message is delivered again for the first time: 1ms to 12h. Each further failure doubles
         * it.
         */
        @WithDefault("2s")
        @Within(least = "1ms", most = "12h")
        Duration firstBackoff();

        /**
         * Upper bound of the delay before a failed message is delivered again: 1ms to 12h, and not below the first
         * delay.
         */
        @WithDefault("15m")
        @Within(least = "1ms", most = "12h")
        Duration longestBackoff();

        /**
         * Maximum time by which an event's {@code time} may be ahead of the service's clock: 0s to 365d. An event
         * further ahead is rejected, since no event from before that time could overrule it.
         */
        @WithDefault("24h")
        @Within(least = "0s", most = "365d")
        Duration clockTolerance();

        /**
         * Time at shutdown to finish receive calls and the messages in flight: 0s to 25s, and not below {@code
         * long-poll}. Messages that are unfinished by then are returned to the queue. Leaves a margin to the 30 s that
         * orchestrators wait.
         */
        @WithDefault("20s")
        @Within(least = "0s", most = "25s")
        Duration shutdownTimeout();

        /** Interval between two lookups of the queues' dead-letter queues and visibility timeouts: 100ms to 1h. */
        @WithDefault("1m")
        @Within(least = "100ms", most = "1h")
        Duration refreshEvery();
    }

    /** Settings for the resync, which compares all roles with IAM and repairs drift. */
    interface Resync {
        /**
         * Interval between two comparisons of the same role with IAM: 1s to 24h. Changes that were recorded and not
         * applied yet are looked for ten times as often.
         */
        @WithDefault("10m")
        @Within(least = "1s", most = "24h")
        Duration every();

        /**
         * Maximum number of roles that one replica reads from IAM concurrently, and of accounts that it scans
         * concurrently: 1 to 32.
         */
        @WithDefault("2")
        @Range(min = 1, max = 32, message = RANGE)
        int concurrency();

        /**
         * Time for which a deleted role is still looked for in IAM: 1m to 365d. Has to exceed the clock skew between
         * replicas.
         */
        @WithDefault("24h")
        @Within(least = "1m", most = "365d")
        Duration quietPeriod();
    }

    /** Settings for calls to IAM and STS. */
    interface Iam {
        /** Maximum number of attempts of one IAM call, with backoff and jitter between them: 1 to 20. */
        @WithDefault("5")
        @Range(min = 1, max = 20, message = RANGE)
        int attempts();

        /** Timeout of one attempt of an IAM call: 100ms to 1m. */
        @WithDefault("5s")
        @Within(least = "100ms", most = "1m")
        Duration attemptTimeout();

        /** Timeout of an IAM call with all its attempts: 100ms to 5m, and not below that of one attempt. */
        @WithDefault("20s")
        @Within(least = "100ms", most = "5m")
        Duration timeout();

        /** Time to wait for IAM to finish deleting a service-linked role: 0s to 5m. After it the resync takes over. */
        @WithDefault("15s")
        @Within(least = "0s", most = "5m")
        Duration deletionTimeout();

        /**
         * Time without any answer from an account after which its messages give up their concurrency slots to other
         * accounts: 10ms to 1m.
         */
        @WithDefault("500ms")
        @Within(least = "10ms", most = "1m")
        Duration stallThreshold();

        /**
         * Maximum number of cached sessions of assumed roles, one per instance: 1 to 100000. Each takes some 30 kB of
         * memory.
         */
        @WithDefault("1000")
        @Range(min = 1, max = 100_000, message = RANGE)
        int sessions();
    }

    /** Settings for reading Amazon Connect. */
    interface Connect {
        /**
         * Period within which each instance is compared once with what Amazon Connect says: 1m to 31d, or {@code off} for
         * no check. Amazon Connect allows some 10 instances a minute for each account and region.
         */
        @WithDefault("off")
        @WithConverter(OffOrDuration.class)
        @Within(least = "0s", most = "31d")
        Duration every();

        /**
         * Regions, separated by commas, that the check reads, and an import and a comparison whose request names none: at most 50. If
         * not set, each request has to name its regions, and the check reads those of the recorded roles.
         */
        Optional<
                        @Pattern(
                                regexp = "[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}(, ?[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}){0,49}",
                                message = "must be regions such as us-west-2,eu-west-2" + NOT)
                        String>
                regions();
    }

    /** Settings for publishing the outcomes of events. */
    interface Outcomes {
        /**
         * Target of outcomes: the ARN of an SNS topic, an EventBridge bus or an SQS queue, or a queue's URL. If not
         * set, outcomes are neither published nor kept.
         */
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

        /**
         * CloudEvents {@code source} of the outcomes, 1 to 256 characters. Two deployments that publish to one target
         * need different values.
         */
        @WithDefault("linked-role-controller")
        @Pattern(
                regexp = "(?!aws\\.)[A-Za-z0-9._:/@+-]{1,256}",
                message = "must be a URI reference without spaces, and not begin with aws." + NOT)
        String source();

        /** Interval between two attempts to publish outcomes that are still in the outbox: 1s to 1h. */
        @WithDefault("30s")
        @Within(least = "1s", most = "1h")
        Duration retryEvery();
    }

    /** Credentials that callers of the HTTP API present. */
    interface Api {
        /** User name for HTTP basic authentication. */
        @WithDefault("operator")
        @NotBlank
        String user();

        /** Password for HTTP basic authentication. If not set, only the token is accepted. */
        Optional<String> password();

        /**
         * Bearer token that is accepted instead of name and password, 16 to 1024 printable ASCII characters. Without a
         * token and a password the API rejects every call.
         */
        Optional<
                        @Pattern(
                                regexp = "[!-~]{16,1024}",
                                message = "must be 16 to 1,024 printable ASCII characters without spaces")
                        String>
                token();
    }
}
