package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AwsCensus;
import dev.linkedrole.iam.AwsPolicyDocuments;
import dev.linkedrole.iam.AwsRoleGateway;
import dev.linkedrole.iam.Census;
import dev.linkedrole.iam.CensusPage;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.reconcile.Sweep.Swept;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Expectation;
import dev.linkedrole.role.InstanceArn;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.PolicyArns;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.Step;
import dev.linkedrole.role.WantedRole;
import dev.linkedrole.testing.Bots;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.OneAccount;
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

/** A look over an account of the model. */
class SweepTest {

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
        List<Due.Glance> roles = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            roles.add(make(Instance.random(), 0));
        }
        calls.clear();

        // When
        Swept swept = sweep(roles);

        // Then
        assertThat(swept.unchanged()).isEqualTo(1_001);
        assertThat(swept.differing()).isEmpty();
        assertThat(swept.unknown()).isEmpty();
        assertThat(calls).hasSize(2).containsOnly("GetAccountAuthorizationDetails");
    }

    @Test
    void a_role_with_managed_policies_is_seen_with_what_they_say() {
        // Given
        Due.Glance role = make(Instance.random(), Bots.FIT_INLINE + 10);
        String policy = role.expectation().policies().firstKey();
        assertThat(sweep(List.of(role)).unchanged()).isOne();

        // When
        await(Uni.createFrom()
                .completionStage(() -> iam.createPolicyVersion(
                        r -> r.policyArn(policy).policyDocument(ANYTHING).setAsDefault(true))));

        // Then
        assertThat(sweep(List.of(role)).differing()).containsExactly(role.instance());
    }

    @Test
    void what_is_missing_is_seen_and_so_is_what_is_there_and_should_not_be() {
        // Given
        Due.Glance untouched = make(Instance.random(), 0);
        Due.Glance changed = make(Instance.random(), 0);
        carryOut(changed, new Step.PutInlinePolicy(PolicyCompiler.INLINE_POLICY, ANYTHING));
        Due.Glance added = make(Instance.random(), 0);
        carryOut(added, new Step.PutInlinePolicy("extra", ANYTHING));
        Due.Glance deleted = make(Instance.random(), 0);
        carryOut(deleted, new Step.DeleteInlinePolicy(PolicyCompiler.INLINE_POLICY));
        carryOut(deleted, new Step.DeleteRole());
        Due.Glance thereAgain = gone(make(Instance.random(), 0));
        Instance never = Instance.random();
        Due.Glance notThere = gone(never.arn(), never.roleName());

        // When
        Swept swept = sweep(List.of(untouched, changed, added, deleted, thereAgain, notThere));

        // Then
        assertThat(swept.differing())
                .containsExactlyInAnyOrder(
                        changed.instance(), added.instance(), deleted.instance(), thereAgain.instance());
        assertThat(swept.unchanged()).isEqualTo(2);
    }

    @Test
    void where_all_at_once_are_not_to_be_had_nothing_is_said_of_any() {
        // Given
        Due.Glance role = make(Instance.random(), 0);
        denied = true;

        // When
        Swept swept = sweep(List.of(role));

        // Then
        assertThat(swept.unknown()).containsExactly(role.instance());
        assertThat(swept.differing()).isEmpty();
        assertThat(swept.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("AccessDenied"));
    }

    @Test
    void no_more_pages_are_read_than_the_roles_would_cost_one_by_one() {
        // Given
        Due.Glance role = make(Instance.random(), 0);
        Endless endless = new Endless(new ArrayList<>());

        // When
        Swept swept = await(new Sweep(inModel(endless), List.of(role)).run());

        // Then
        assertThat(endless.read()).hasSize(role.calls());
        assertThat(swept.unknown()).containsExactly(role.instance());
        assertThat(swept.failure()).isEmpty();
    }

    private Due.Glance make(Instance instance, int bots) {
        WantedRole.Present wanted = Defaults.COMPILER.compileAnnounced(instance.after(List.of(
                instance.created(0),
                instance.enabled(1, "agent-events", STREAM),
                Bots.enabled(instance, 2, 0, Math.max(1, bots)))));
        String arn = await(gateway.carryOut(wanted.name(), new Step.CreateRole(wanted)))
                .orElseThrow();
        PolicyArns arns = PolicyArns.of(arn, wanted.path(), wanted.name());
        Plan.toward(wanted, wanted.asCreated(arn, Instant.EPOCH).footprint(wanted), arns)
                .steps()
                .forEach(step -> await(gateway.carryOut(wanted.name(), step)));
        return new Due.Glance(
                instance.arn(),
                wanted.name(),
                Expectation.of(wanted, arns, wanted.packing().managedPolicies()),
                4);
    }

    private static Due.Glance gone(Due.Glance role) {
        return gone(role.instance(), role.name());
    }

    private static Due.Glance gone(InstanceArn instance, RoleName name) {
        return new Due.Glance(instance, name, Expectation.ofNone(new PolicyArns("", name), 0), 1);
    }

    private void carryOut(Due.Glance role, Step step) {
        await(gateway.carryOut(role.name(), step));
    }

    private Swept sweep(List<Due.Glance> roles) {
        return await(new Sweep(inModel(new AwsCensus(iam)), roles).run());
    }

    /** Takes down the calls, and may refuse to show all at once. */
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

    /** The one account that there is. */
    private OneAccount inModel(Census census) {
        return new OneAccount(
                new AccountAccess(gateway, new AwsPolicyDocuments(iam, Retry.inRealTime()), Optional.of(census)));
    }

    /** An account full of what is not ours. */
    private record Endless(List<Optional<String>> read) implements Census {

        @Override
        public Uni<CensusPage> page(Optional<String> from) {
            read.add(from);
            return Uni.createFrom().item(new CensusPage(List.of(), Map.of(), Optional.of("more")));
        }

        @Override
        public Uni<Optional<String>> description(RoleName name) {
            throw new AssertionError("nobody has said how " + name + " is to be described");
        }
    }
}
