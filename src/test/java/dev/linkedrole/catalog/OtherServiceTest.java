package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Only the catalog depends on the service: the same code manages roles of an invented service, lighthouses. */
class OtherServiceTest {

    private static final String ID = "5f2e3c1a-9d1b-4c55-8a0e-1b2c3d4e5f60";
    private static final String LAMP = "arn:aws:lamps:us-west-2:111122223333:lamp/red";

    private final FeatureCatalog catalog = CatalogFile.load(CatalogText.FILE.toString());
    private final EventDecoder decoder = Defaults.decoder(catalog);
    private final PolicyCompiler compiler = new PolicyCompiler(
            catalog, new RoleSettings(catalog.namePrefix(), "/linked-role/", Optional.empty(), "test"));

    @Test
    void its_events_make_its_roles() {
        // Given
        RoleEvent created = decoder.decode(event("1", "instance-created", "us-west-2", ""));
        RoleEvent enabled = decoder.decode(event(
                "2", "feature-enabled", "us-west-2", ", \"feature\": \"beacon\", \"resources\": [\"" + LAMP + "\"]"));
        RoleEvent blown = decoder.decode(event("3", "feature-enabled", "us-west-2", ", \"feature\": \"fog-horn\""));

        // When
        LinkedRole role = LinkedRole.of(created).apply(enabled).apply(blown);

        // Then
        DesiredRole.Present desired = compiler.compileAnnounced(role);
        assertThat(desired.name().value()).isEqualTo("Lighthouse_5f2e3c1a9d1b4c558a0e1b2c3d4e5f60");
        assertThat(desired.trustPolicy()).contains("lighthouse.example.com");
        assertThat(desired.inlinePolicies().values())
                .singleElement()
                .asString()
                .contains("\"sea:Watch\"", LAMP, "horn/" + ID, "\"horns:weather\":\"fog\"");
    }

    @Test
    void a_feature_that_is_not_offered_where_the_instance_is_is_rejected() {
        for (String region : List.of("eu-west-1", "ap-south-1")) {
            assertThatThrownBy(
                            () -> decoder.decode(event("4", "feature-enabled", region, ", \"feature\": \"fog-horn\"")))
                    .isInstanceOf(RejectedException.class)
                    .hasMessage("not-offered: data.feature is fog-horn, which is not offered in the region " + region
                            + ", only in us-east-1, us-west-2");
        }
    }

    @Test
    void what_is_not_offered_may_still_be_taken_away() {
        assertThat(decoder.decode(event("5", "feature-disabled", "eu-west-1", ", \"feature\": \"fog-horn\"")))
                .isInstanceOf(RoleEvent.FeatureDisabled.class);
    }

    @Test
    void an_instance_of_the_other_service_is_rejected() {
        String body = event("6", "instance-created", "us-west-2", "").replace(":lighthouse:", ":connect:");

        assertThatThrownBy(() -> decoder.decode(body))
                .hasMessageContaining("data.instanceArn must be of the service lighthouse, not connect");
    }

    private static String event(String id, String type, String region, String data) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "sea", "type": "%s", "time": "2026-11-23T09:00:00Z",
                 "subject": "%s", "data": {"instanceArn": "arn:aws:lighthouse:%s:111122223333:instance/%s"%s}}
                """.formatted(id, type, ID, region, ID, data);
    }
}
