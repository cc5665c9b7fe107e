package dev.linkedrole.testing;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.intake.envelope.ClockTolerance;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The service's parts with the default configuration. */
public final class Defaults {

    public static final RoleSettings SETTINGS = new RoleSettings(
            "AWSServiceRoleForAmazonConnect_",
            "/linked-role/connect.amazonaws.com/",
            Optional.empty(),
            "linked-role-controller");

    public static final FeatureCatalog CATALOG = CatalogFile.load("amazon-connect");

    public static final PolicyCompiler COMPILER = new PolicyCompiler(CATALOG, SETTINGS);

    /** Default settings in the mode service-linked. */
    public static final RoleSettings SERVICE_LINKED = new RoleSettings(
            SETTINGS.namePrefix(),
            ServiceLinkedPath.of("connect.amazonaws.com"),
            SETTINGS.permissionsBoundary(),
            SETTINGS.owner());

    public static final PolicyCompiler SERVICE_LINKED_COMPILER =
            new PolicyCompiler(CatalogFile.load("amazon-connect"), SERVICE_LINKED);

    private Defaults() {}

    /** Decoder whose clock is soon after {@link Instance#START}. */
    public static EventDecoder decoder(FeatureCatalog catalog) {
        return new EventDecoder(catalog, tolerance(InstantSource.fixed(Instance.START)));
    }

    /** Decoder of all messages, with the same clock. */
    public static MessageDecoder messageDecoder(FeatureCatalog catalog) {
        return new MessageDecoder(catalog, tolerance(InstantSource.fixed(Instance.START)));
    }

    /** Default bound on how far events may be ahead of a clock. */
    public static ClockTolerance tolerance(InstantSource clock) {
        return new ClockTolerance(clock, Duration.ofHours(24));
    }
}
