package dev.linkedrole.testing;

import dev.linkedrole.config.ControllerConfig;
import io.quarkus.vertx.core.runtime.config.VertxConfiguration;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Names of environment variables that are read: by the service, by the parts of Quarkus that deployments set, and by the AWS SDK. */
public final class EnvironmentNames {

    private static final Set<String> OF_SDK = Set.of("AWS_REGION");

    private EnvironmentNames() {}

    /** The names that nobody reads. */
    public static Set<String> unknown(Iterable<String> names) {
        Set<String> unknown = new TreeSet<>();
        names.forEach(unknown::add);
        unknown.removeAll(OF_SDK);
        Stream.of(ControllerConfig.class, VertxConfiguration.class, VertxHttpConfig.class, ManagementConfig.class)
                .flatMap(mapping -> ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream())
                .map(property -> property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .forEach(unknown::remove);
        return unknown;
    }
}
