package dev.linkedrole;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.role.state.RoleSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** First line of the log: in which account and region the service runs, and with which names. */
@Singleton
final class StartLine {

    private static final Logger LOG = LoggerFactory.getLogger(StartLine.class);

    private static final Pattern TABLE = Pattern.compile("arn:[a-z-]+:dynamodb:([a-z0-9-]+):([0-9]{12}):table/.+");

    /** Value of a key that could not be found out. */
    private static final String UNKNOWN = "unknown";

    /** Logs it after the settings are checked, and before anything that may take long or warn. */
    void log(
            @Observes @Priority(Wiring.FIRST + 2) StartupEvent event,
            ControllerConfig config,
            RoleSettings settings,
            DynamoDbAsyncClient dynamoDb,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        log(config, table(config, settings, dynamoDb), version);
    }

    /** Returns the ARN of the ledger's table, which the settings have unless the deployment has another name. */
    private static Optional<String> table(
            ControllerConfig config, RoleSettings settings, DynamoDbAsyncClient dynamoDb) {
        return config.deployment().isEmpty() ? settings.deployment() : TableArn.of(dynamoDb, config.table());
    }

    static void log(ControllerConfig config, Optional<String> tableArn, String version) {
        Optional<Matcher> table = tableArn.map(TABLE::matcher).filter(Matcher::matches);
        ControllerConfig.Queues queues = config.queues();
        LOG.atInfo()
                .addKeyValue("version", version)
                .addKeyValue("account", table.map(arn -> arn.group(2)).orElse(UNKNOWN))
                .addKeyValue("region", table.map(arn -> arn.group(1)).orElse(UNKNOWN))
                .addKeyValue("mode", word(config.mode()))
                .addKeyValue("catalog", config.catalog())
                .addKeyValue(
                        "queues", List.of(queues.instanceCreated(), queues.featureEnabled(), queues.instanceDeleted()))
                .addKeyValue("table", config.table())
                .addKeyValue("owner", config.owner())
                .log("The controller starts");
    }

    /** Returns a mode as the property spells it. */
    static String word(ControllerConfig.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
