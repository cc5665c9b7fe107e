package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.resync.ResyncResult;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.state.LeaveAlone;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** Policies and tags that others attach to roles by rule. */
class LeftAloneTest {

    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String AUDIT = "arn:aws:iam::aws:policy/SecurityAudit";

    private final ManualTime time = new ManualTime();
    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelCloud.MortalProcess process =
            cloud.process(Defaults.SETTINGS.leaving(LeaveAlone.of(List.of("SecurityAudit", "audit-*"))));

    @Test
    void they_are_no_drift_and_stay_while_all_else_is_removed() {
        // Given
        process.take(instance.created(0));
        attach(AUDIT);
        put("audit-trail");
        tag("cost-center");

        // Then
        assertThat(resync()).isEqualTo(Map.of(ResyncResult.UNCHANGED, 1L));

        // When
        attach(ADMIN);
        put("by-hand");
        assertThat(resync()).isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));

        // Then
        assertThat(cloud.attached(instance.roleName())).containsExactly(AUDIT);
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow())
                .containsOnlyKeys("linked-role", "audit-trail");
        assertThat(cloud.tags(instance.roleName())).containsKey("cost-center");
    }

    @Test
    void they_do_not_keep_a_role_from_being_deleted() {
        // Given
        process.take(instance.created(0));
        attach(AUDIT);
        put("audit-trail");

        // When
        process.take(instance.deleted(1));

        // Then
        assertThat(cloud.roles()).isEmpty();
    }

    private Map<ResyncResult, Long> resync() {
        time.pass(Duration.ofMinutes(10));
        return await(WholeResync.of(process.parts().resync(time, Duration.ofDays(1), 1), (id, failure) -> {}));
    }

    private void attach(String policy) {
        cloud.administrator()
                .attachRolePolicy(r -> r.roleName(instance.roleName().value()).policyArn(policy))
                .join();
    }

    private void put(String policy) {
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName(policy)
                        .policyDocument(PausedRolesTest.BY_HAND))
                .join();
    }

    private void tag(String key) {
        cloud.administrator()
                .tagRole(r -> r.roleName(instance.roleName().value())
                        .tags(Tag.builder().key(key).value("7").build()))
                .join();
    }
}
