package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two deployments of one owner, told apart by the tag of each. */
class DeploymentTest {

    private static final Optional<String> OURS = Optional.of("ours");

    private final PolicyCompiler compiler = new PolicyCompiler(BuiltIn.CATALOG, BuiltIn.SETTINGS.of(OURS));
    private final DesiredRole.Present desired = compiler.compileAnnounced(LinkedRole.unknown(Events.INSTANCE));
    private final DesiredRole.Present anonymous =
            BuiltIn.COMPILER.compileAnnounced(LinkedRole.unknown(Events.INSTANCE));

    @Test
    void a_role_carries_the_deployment_that_is_known() {
        assertThat(compiler.deployment()).isEqualTo(OURS);
        assertThat(desired.tags()).containsEntry(RoleTags.DEPLOYMENT_TAG, "ours");
        assertThat(BuiltIn.COMPILER.deployment()).isEmpty();
        assertThat(anonymous.tags()).doesNotContainKey(RoleTags.DEPLOYMENT_TAG);
    }

    @Test
    void the_deployment_does_not_make_a_role_ours() {
        assertThat(desired.ownership()).isEqualTo(anonymous.tags()).isNotEmpty();
    }

    @Test
    void nothing_else_of_the_settings_changes_with_the_deployment() {
        assertThat(BuiltIn.SETTINGS.of(OURS).of(Optional.empty())).isEqualTo(BuiltIn.SETTINGS);
    }

    @Test
    void a_role_with_the_tag_of_another_deployment_is_its() {
        assertThat(desired.otherDeployment(tagged("theirs"))).contains("theirs");
        assertThat(DesiredRole.Present.otherDeployment(OURS, tagged("theirs"))).contains("theirs");
    }

    @Test
    void a_role_with_our_tag_or_none_is_of_no_other_deployment() {
        assertThat(desired.otherDeployment(tagged("ours"))).isEmpty();
        assertThat(desired.otherDeployment(Map.of("team", "voice"))).isEmpty();
    }

    @Test
    void a_deployment_that_does_not_know_itself_knows_no_other() {
        assertThat(anonymous.otherDeployment(tagged("theirs"))).isEmpty();
        assertThat(DesiredRole.Present.otherDeployment(Optional.empty(), tagged("theirs")))
                .isEmpty();
    }

    private static Map<String, String> tagged(String deployment) {
        return Map.of(RoleTags.DEPLOYMENT_TAG, deployment);
    }
}
