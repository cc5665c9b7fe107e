package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.aws.AwsAccountInventory;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.reconcile.resync.AccountScan.ScanResult;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Planner;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ExpectedFingerprint;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.OneAccount;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** Scans of an account of the model. */
class AccountScanTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    private static final String ANYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}]}";

    private final List<String> calls = new ArrayList<>();
    private final IamModel model = IamModel.prompt(Instance.ACCOUNT);
    private final IamAsyncClient iam = IamModelClient.limited(model, new Counting(), Map.of());
    private final AwsRoleGateway gateway = new AwsRoleGateway(iam, Retry.inRealTime());
    private boolean denied;

    @Test
    void a_thousand_roles_and_policies_are_had_with_one_call() {
        // Given
        List<ResyncCheck.Glance> roles = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            roles.add(make(Instance.random(), 0));
        }
        calls.clear();

        // When
        ScanResult result = scan(roles);

        // Then
        assertThat(result.unchanged()).isEqualTo(1_001);
        assertThat(result.differing()).isEmpty();
        assertThat(result.unknown()).isEmpty();
        assertThat(calls).hasSize(2).containsOnly("GetAccountAuthorizationDetails");
    }

    @Test
    void a_role_with_managed_policies_is_seen_with_what_they_say() {
        // Given
        ResyncCheck.Glance role = make(Instance.random(), Bots.FIT_INLINE + 10);
        String policy = role.expectation().policies().firstKey();
        assertThat(scan(List.of(role)).unchanged()).isOne();

        // When
        await(Uni.createFrom()
                .completionStage(() -> iam.createPolicyVersion(
                        r -> r.policyArn(policy).policyDocument(ANYTHING).setAsDefault(true))));

        // Then
        assertThat(scan(List.of(role)).differing()).containsExactly(role.instance());
    }

    @Test
    void a_policy_in_the_older_form_of_one_statement_is_as_expected() {
        // Given
        ResyncCheck.Glance role = make(Instance.random(), 0);
        String trust = read(role).trustPolicy();
        String before = trust.replace("[{", "{").replace("}]", "}");
        assertThat(before).isNotEqualTo(trust);

        // When
        carryOut(role, new Step.PutTrustPolicy(before));

        // Then
        assertThat(scan(List.of(role)).unchanged()).isOne();
        assertThat(read(role).trustPolicy()).isEqualTo(before);
    }

    @Test
    void what_is_missing_is_seen_and_so_is_what_is_there_and_should_not_be() {
        // Given
        ResyncCheck.Glance untouched = make(Instance.random(), 0);
        ResyncCheck.Glance changed = make(Instance.random(), 0);
        carryOut(changed, new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, ANYTHING));
        ResyncCheck.Glance added = make(Instance.random(), 0);
        carryOut(added, new Step.PutInlinePolicy("extra", ANYTHING));
        ResyncCheck.Glance deleted = make(Instance.random(), 0);
        carryOut(deleted, new Step.DeleteInlinePolicy(PolicySlot.INLINE_POLICY));
        carryOut(deleted, new Step.DeleteRole());
        ResyncCheck.Glance thereAgain = gone(make(Instance.random(), 0));
        Instance never = Instance.random();
        ResyncCheck.Glance notThere = gone(never.arn(), never.roleName());

        // When
        ScanResult result = scan(List.of(untouched, changed, added, deleted, thereAgain, notThere));

        // Then
        assertThat(result.differing())
                .containsExactlyInAnyOrder(
                        changed.instance(), added.instance(), deleted.instance(), thereAgain.instance());
        assertThat(result.unchanged()).isEqualTo(2);
    }

    @Test
    void where_all_at_once_are_not_to_be_had_nothing_is_said_of_any() {
        // Given
        ResyncCheck.Glance role = make(Instance.random(), 0);
        denied = true;

        // When
        ScanResult result = scan(List.of(role));

        // Then
        assertThat(result.unknown()).containsExactly(role.instance());
        assertThat(result.differing()).isEmpty();
        assertThat(result.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("AccessDenied"));
    }

    @Test
    void no_more_pages_are_read_than_the_roles_would_cost_one_by_one() {
        // Given
        ResyncCheck.Glance role = make(Instance.random(), 0);
        PagedInventory inventory = new PagedInventory();
        inventory.pages = 100;

        // When
        ScanResult result = over(inventory, role);

        // Then
        assertThat(inventory.read).hasSize(role.calls());
        assertThat(result.pages()).isEqualTo(role.calls());
        assertThat(result.unknown()).containsExactly(role.instance());
        assertThat(result.unchanged()).isZero();
        assertThat(result.failure()).isEmpty();
    }

    @Test
    void what_was_seen_before_it_was_given_up_is_known() {
        // Given
        PagedInventory inventory = new PagedInventory();
        inventory.pages = 100;
        ResyncCheck.Glance right = make(Instance.random(), 0);
        ResyncCheck.Glance changed = make(Instance.random(), 0);
        ResyncCheck.Glance described = described(make(Instance.random(), 0), "as an operator has it");
        ResyncCheck.Glance partly = make(Instance.random(), Bots.FIT_INLINE + 10);
        ResyncCheck.Glance unseen = make(Instance.random(), 0);
        carryOut(changed, new Step.PutInlinePolicy("extra", ANYTHING));
        List.of(right, changed, described, partly).forEach(role -> inventory.roles.add(read(role)));

        // When
        ScanResult result = over(inventory, right, changed, described, partly, unseen);

        // Then
        assertThat(result.differing()).containsExactly(changed.instance());
        assertThat(result.unknown())
                .containsExactlyInAnyOrder(described.instance(), partly.instance(), unseen.instance());
        assertThat(result.unchanged()).isOne();
    }

    @Test
    void an_unexpected_policy_is_seen_and_so_is_a_missing_one() {
        // Given
        ResyncCheck.Glance none = make(Instance.random(), 0);
        PolicyArns arns = new PolicyArns("arn:aws:iam::111122223333:policy/", none.name());
        ResyncCheck.Glance mayHave =
                new ResyncCheck.Glance(none.instance(), none.name(), ExpectedFingerprint.ofNone(arns, 1), 3);
        String policy = mayHave.expectation().policies().firstKey();
        PagedInventory inventory = new PagedInventory();

        // Then
        assertThat(over(inventory, mayHave).unchanged()).isOne();
        inventory.policies.put(policy, ANYTHING);
        assertThat(over(inventory, mayHave).differing()).containsExactly(none.instance());

        // And of one that should be there
        ResyncCheck.Glance has = make(Instance.random(), Bots.FIT_INLINE + 10);
        inventory.roles.add(read(has));
        inventory.policies.clear();
        assertThat(over(inventory, has).differing()).containsExactly(has.instance());
    }

    @Test
    void a_description_is_read_only_where_one_was_set_through_the_api() {
        // Given
        PagedInventory inventory = new PagedInventory();
        ResyncCheck.Glance asItIs = described(make(Instance.random(), 0), "as it is");
        ResyncCheck.Glance byHand = described(make(Instance.random(), 0), "as it was");
        ResyncCheck.Glance changed = described(make(Instance.random(), 0), "as it was");
        ResyncCheck.Glance plain = make(Instance.random(), 0);
        carryOut(changed, new Step.PutInlinePolicy("extra", ANYTHING));
        List.of(asItIs, byHand, changed, plain).forEach(role -> inventory.roles.add(read(role)));
        inventory.descriptions.putAll(Map.of(asItIs.name(), "as it is", byHand.name(), "as it is"));

        // When
        ScanResult result = over(inventory, asItIs, byHand, changed, plain);

        // Then
        assertThat(result.differing()).containsExactlyInAnyOrder(byHand.instance(), changed.instance());
        assertThat(result.unchanged()).isEqualTo(2);
        assertThat(result.unknown()).isEmpty();
        assertThat(inventory.described).containsExactlyInAnyOrder(asItIs.name(), byHand.name());
    }

    @Test
    void an_account_that_cannot_be_had_at_once_leaves_all_for_a_closer_look() {
        // Given
        ResyncCheck.Glance role = make(Instance.random(), 0);
        OneAccount oneByOne =
                new OneAccount(new AccountAccess(gateway, new AwsPolicyDocuments(iam, Retry.inRealTime())));

        // When
        ScanResult result = await(new AccountScan(oneByOne, List.of(role)).run());

        // Then
        assertThat(result.unknown()).containsExactly(role.instance());
        assertThat(result.failure()).containsInstanceOf(AccountScan.NoInventoryException.class);
    }

    private static ScanResult over(PagedInventory inventory, ResyncCheck.Glance... roles) {
        return await(new AccountScan(inventory.account(), List.of(roles)).run());
    }

    private ActualRole.Present read(ResyncCheck.Glance role) {
        return (ActualRole.Present) await(gateway.read(role.name()));
    }

    private static ResyncCheck.Glance described(ResyncCheck.Glance role, String description) {
        ExpectedFingerprint known = role.expectation();
        return new ResyncCheck.Glance(
                role.instance(),
                role.name(),
                new ExpectedFingerprint(known.digest(), known.compared(), known.policies(), Optional.of(description)),
                role.calls());
    }

    private ResyncCheck.Glance make(Instance instance, int bots) {
        DesiredRole.Present desired = Defaults.COMPILER.compileAnnounced(instance.after(List.of(
                instance.created(0),
                instance.enabled(1, "agent-events", STREAM),
                Bots.enabled(instance, 2, 0, Math.max(1, bots)))));
        String arn = await(gateway.carryOut(desired.name(), new Step.CreateRole(desired)))
                .orElseThrow();
        PolicyArns arns = PolicyArns.of(arn, desired.path(), desired.name());
        Planner.toward(
                        desired,
                        ActualRole.Present.created(desired, arn, Instant.EPOCH).fingerprint(desired),
                        arns)
                .steps()
                .forEach(step -> await(gateway.carryOut(desired.name(), step)));
        return new ResyncCheck.Glance(
                instance.arn(),
                desired.name(),
                ExpectedFingerprint.of(desired, arns, desired.packing().managedPolicies()),
                4);
    }

    private static ResyncCheck.Glance gone(ResyncCheck.Glance role) {
        return gone(role.instance(), role.name());
    }

    private static ResyncCheck.Glance gone(InstanceArn instance, RoleName name) {
        return new ResyncCheck.Glance(instance, name, ExpectedFingerprint.ofNone(new PolicyArns("", name), 0), 1);
    }

    private void carryOut(ResyncCheck.Glance role, Step step) {
        await(gateway.carryOut(role.name(), step));
    }

    private ScanResult scan(List<ResyncCheck.Glance> roles) {
        return await(new AccountScan(
                        new OneAccount(new AccountAccess(
                                gateway,
                                new AwsPolicyDocuments(iam, Retry.inRealTime()),
                                Optional.of(new AwsAccountInventory(iam)))),
                        roles)
                .run());
    }

    /** Gate that records the calls, and may reject the inventory. */
    private final class Counting implements IamModelClient.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            calls.add(operation);
            return IamModelClient.atOnce(operation, () -> {
                if (denied && operation.equals("GetAccountAuthorizationDetails")) {
                    throw IamFaults.accessDenied(operation, "*");
                }
                return effect.get();
            });
        }
    }
}
