package dev.linkedrole;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.LeaveAlone;
import dev.linkedrole.role.state.RoleSettings;
import java.util.List;
import java.util.Optional;

/** Creates the settings of roles from the configuration, for each ownership mode. */
final class RoleSettingsFactory {

    private RoleSettingsFactory() {}

    /**
     * @throws InvalidValueException if a setting is present that this mode does not support: it would have no effect
     */
    static RoleSettings settings(ControllerConfig config, FeatureCatalog catalog) {
        String prefix = config.namePrefix().orElse(catalog.namePrefix());
        String path = switch (config.mode()) {
            case CUSTOMER_MANAGED -> customerManaged(config, catalog);
            case SERVICE_LINKED -> serviceLinked(config, catalog);
        };
        return new RoleSettings(prefix, path, config.permissionsBoundary(), config.owner(), config.managedPolicies())
                .leaving(leaveAlone(config));
    }

    private static LeaveAlone leaveAlone(ControllerConfig config) {
        return config.leaveAlone()
                .policies()
                .map(patterns -> LeaveAlone.of(List.of(patterns.split(", ?"))))
                .orElse(LeaveAlone.NOTHING);
    }

    private static String customerManaged(ControllerConfig config, FeatureCatalog catalog) {
        String path = config.path().orElse("/linked-role/" + catalog.principal() + "/");
        if (ServiceLinkedPath.is(path)) {
            throw new InvalidValueException(
                    "linked-role.path is " + path
                            + ", which IAM keeps for service-linked roles: choose another one, or linked-role.mode=service-linked");
        }
        return path;
    }

    private static String serviceLinked(ControllerConfig config, FeatureCatalog catalog) {
        String path = ServiceLinkedPath.of(catalog.principal());
        Optional<String> other = config.path().filter(set -> !set.equals(path));
        if (other.isPresent()) {
            throw new InvalidValueException("linked-role.path is " + other.get() + ", but linked-role.mode is"
                    + " service-linked, and such roles are on " + path + " alone: leave it out");
        }
        if (config.permissionsBoundary().isPresent()) {
            throw new InvalidValueException("linked-role.permissions-boundary is set, but linked-role.mode is"
                    + " service-linked, and such roles cannot have one: leave it out");
        }
        return path;
    }
}
