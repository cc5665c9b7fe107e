package dev.linkedrole.reconcile.rebuild;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.apply.IamFailedException;
import dev.linkedrole.reconcile.rebuild.RebuiltRole.Result;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** A lost ledger is rebuilt from the roles in IAM, and nothing of them is changed. */
class LedgerRebuildTest {

    private static final String BUCKET = "arn:aws:s3:::acme-recordings";
    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";

    /** The clock of the record, an hour after the creation of the roles. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false, LATER);

    @Test
    void every_grant_of_a_lost_role_is_recorded_and_iam_stays_as_it_is() {
        // Given
        ModelCloud.MortalProcess before = cloud.process();
        before.take(
                instance.created(0),
                instance.enabled(1, "call-recordings", BUCKET),
                instance.enabled(2, "agent-events", STREAM));
        SortedSet<Grant> grants = before.record(instance).role().enabled();
        Optional<Map<String, String>> policies = cloud.inlinePolicies(instance.roleName());
        cloud.loseLedger();

        // When
        RebuiltRole rebuilt = only(rebuild(cloud.process(), false));

        // Then
        assertThat(rebuilt.instance()).isEqualTo(instance.arn());
        assertThat(rebuilt.result()).isEqualTo(Result.RECORDED);
        assertThat(rebuilt.grants()).containsAll(grants);
        assertThat(rebuilt.unexplained()).isEmpty();
        assertThat(cloud.inlinePolicies(instance.roleName())).isEqualTo(policies);
        ModelCloud.MortalProcess after = cloud.process();
        assertThat(after.record(instance).role().enabled()).containsAll(grants);
        assertThat(after.record(instance).conditions()).isEmpty();
        assertThat(after.record(instance).settled()).isTrue();

        // And events go on from there
        after.take(instance.deleted(1_000_000_000));
        assertThat(cloud.roles()).isEmpty();
    }

    @Test
    void a_role_with_managed_policies_is_rebuilt_as_well() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 20));
        var permissions = cloud.permissions(instance.roleName());
        cloud.loseLedger();

        // When
        RebuiltRole rebuilt = only(rebuild(cloud.process(), false));

        // Then
        assertThat(rebuilt.grants()).hasSize(Bots.FIT_INLINE + 20);
        assertThat(cloud.permissions(instance.roleName())).isEqualTo(permissions);
        assertThat(cloud.process().record(instance).conditions()).isEmpty();
    }

    @Test
    void what_no_grant_explains_stays_until_an_operator_adopts_the_role() {
        // Given
        cloud.process().take(instance.created(0));
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName("by-hand")
                        .policyDocument("""
                                {"Version": "2012-10-17", "Statement": [
                                  {"Sid": "ByHand", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
                                """))
                .join();
        cloud.loseLedger();

        // When
        RebuiltRole rebuilt = only(rebuild(cloud.process(), false));

        // Then
        assertThat(rebuilt.unexplained()).contains("ByHand: *");
        assertThat(cloud.inlinePolicies(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all).containsKey("by-hand"));
        assertThat(cloud.process().record(instance).condition(Condition.Type.RoleNotRecorded))
                .hasValueSatisfying(condition -> assertThat(condition.detail()).contains("ByHand"));
    }

    @Test
    void a_dry_run_tells_and_records_nothing() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();
        InterruptedReplica calls = new InterruptedReplica();

        // When
        RebuiltRole rebuilt = only(rebuild(cloud.process(calls), true));

        // Then
        assertThat(rebuilt.result()).isEqualTo(Result.RECORDED);
        assertThat(rebuilt.grants()).hasSize(2);
        assertThat(calls.calls).containsExactlyInAnyOrder("GetAccountAuthorizationDetails", "Load");
    }

    @Test
    void a_second_run_finds_it_complete() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();
        rebuild(cloud.process(), false);
        long revision = cloud.process().record(instance).revision();

        // When
        RebuiltRole again = only(rebuild(cloud.process(), false));

        // Then
        assertThat(again.result()).isEqualTo(Result.COMPLETE);
        assertThat(cloud.process().record(instance).revision()).isEqualTo(revision);
    }

    @Test
    void of_a_restored_ledger_only_what_it_lacks_is_recorded() {
        // Given a backup from before a grant
        ModelCloud.MortalProcess process = cloud.process();
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 1));
        var backup = cloud.backUp();
        process.take(Bots.enabled(instance, 2, 1, 2));
        cloud.restore(backup);

        // When
        RebuiltRole rebuilt = only(rebuild(cloud.process(), false));

        // Then
        assertThat(rebuilt.grants()).hasSize(1);
        assertThat(cloud.process().record(instance).role().enabled()).hasSize(2);
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2));
    }

    @Test
    void one_whose_instance_is_deleted_or_released_is_left() {
        // Given
        Instance deleted = Instance.random();
        Instance released = Instance.random();
        ModelCloud.MortalProcess process = cloud.process();
        process.take(deleted.created(0), released.created(0));
        await(process.operations(LATER).release(released.id()));
        process.record(deleted.deleted(9));

        // When, and then
        assertThat(rebuild(process, false)).extracting(RebuiltRole::result).containsExactly(Result.LEFT, Result.LEFT);
        assertThat(process.record(deleted).role().deleted()).isTrue();
        assertThat(process.record(released).role().released()).isTrue();
    }

    @Test
    void roles_of_others_are_no_part_of_it() {
        // Given one of another owner, and one of another deployment with a ledger of its own
        cloud.process(Defaults.SETTINGS.of(Optional.of("arn:aws:dynamodb:us-east-1:1:table/theirs")))
                .take(instance.created(0));
        cloud.administrator()
                .createRole(r -> r.roleName("theirs").assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""))
                .join();
        cloud.loseLedger();

        // Then
        assertThat(rebuild(cloud.process(), false)).isEmpty();
    }

    @Test
    void a_role_that_cannot_be_recorded_now_fails_by_itself() {
        // Given
        Instance other = Instance.random();
        cloud.process().take(instance.created(0), other.created(0));
        cloud.loseLedger();
        List<String> failing = new ArrayList<>(List.of("once"));
        InterruptedReplica calls = new InterruptedReplica().before("Load", () -> {
            if (!failing.isEmpty()) {
                failing.clear();
                throw new IllegalStateException("the ledger is away");
            }
        });

        // When
        List<RebuiltRole> rebuilt = rebuild(cloud.process(calls), false);

        // Then
        assertThat(rebuilt).extracting(RebuiltRole::result).containsExactlyInAnyOrder(Result.FAILED, Result.RECORDED);
        assertThat(rebuilt)
                .anySatisfy(role -> assertThat(role.detail())
                        .hasValueSatisfying(why -> assertThat(why).contains("the ledger is away")));
    }

    @Test
    void a_page_that_cannot_be_read_is_a_failure() {
        // Given
        InterruptedReplica calls = new InterruptedReplica().before("GetAccountAuthorizationDetails", () -> {
            throw IamFaults.accessDenied("iam:GetAccountAuthorizationDetails", "*");
        });

        // Then
        assertThatThrownBy(() -> rebuild(cloud.process(calls), false)).isInstanceOf(IamFailedException.class);
    }

    private static List<RebuiltRole> rebuild(ModelCloud.MortalProcess process, boolean dryRun) {
        RebuildPage page = await(process.rebuild().page(Instance.ACCOUNT, Optional.empty(), dryRun));
        assertThat(page.next()).isEmpty();
        return page.roles();
    }

    private static RebuiltRole only(List<RebuiltRole> rebuilt) {
        assertThat(rebuilt).hasSize(1);
        return rebuilt.getFirst();
    }
}
