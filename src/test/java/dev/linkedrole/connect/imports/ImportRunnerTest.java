package dev.linkedrole.connect.imports;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.ledger.imports.LocationProgress.State;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.ServiceParts;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Imports from the model of Amazon Connect into roles of the model of IAM, in virtual time. */
class ImportRunnerTest {

    private static final String OTHER_ACCOUNT = "444455556666";
    private static final String BUCKET = "arn:aws:s3:::recordings/calls";

    private static final String TRUST_IN_EC2 = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
            "Action":"sts:AssumeRole"}]}""";

    private final ImportWorld world = new ImportWorld();

    @Test
    void an_import_makes_the_roles_of_all_instances() {
        // Given
        List<Instance> instances = world.fleet(Instance.ACCOUNT, 12);
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        // When
        world.process().untilEnded(request);

        // Then
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
        instances.forEach(instance -> {
            assertThat(world.record(instance).role().live()).isTrue();
            assertThat(world.cloud.permissions(instance.roleName()))
                    .hasValueSatisfying(
                            permissions -> assertThat(permissions.toString()).contains("s3:::recordings"));
        });
        LocationProgress progress = world.progress(request).getFirst();
        assertThat(progress.state()).isEqualTo(State.DONE);
        assertThat(progress.counts()).isEqualTo(new Counts(Optional.of(12L), 12, 12, 24, 0, 12));
        assertThat(progress.begunAt()).isPresent();
        assertThat(progress.endedAt()).isPresent();
        assertThat(world.findings(request).getFirst())
                .isEqualTo(new Finding(
                        ImportWorld.location(Instance.ACCOUNT),
                        instances.getFirst().arn().toString(),
                        List.of(
                                "instance-created " + alias(instances.getFirst()),
                                "feature-enabled call-recordings " + BUCKET),
                        List.of()));

        // And a second import finds nothing more
        ImportRecord again = world.request(false, Instance.ACCOUNT);
        world.process().untilEnded(again);
        assertThat(world.progress(again).getFirst().counts()).isEqualTo(new Counts(Optional.of(12L), 12, 0, 0, 0, 0));
        assertThat(world.findings(again)).isEmpty();
    }

    @Test
    void a_dry_run_tells_what_would_be_recorded_and_records_nothing() {
        List<Instance> instances = world.fleet(Instance.ACCOUNT, 2);
        ImportRecord request = world.request(true, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(await(world.ledger().all())).isEmpty();
        assertThat(world.cloud.roles()).isEmpty();
        assertThat(world.progress(request).getFirst().counts()).isEqualTo(new Counts(Optional.of(2L), 2, 2, 4, 0, 2));
        assertThat(world.findings(request))
                .extracting(Finding::subject)
                .containsExactlyElementsOf(
                        instances.stream().map(each -> each.arn().toString()).toList());
    }

    @Test
    void an_integration_that_was_read_is_understood_when_it_is_deleted() {
        // Given
        String domain = "arn:aws:voiceid:us-west-2:111122223333:domain/acme";
        Instance instance = world.fleet(Instance.ACCOUNT, 1, model -> model.integrated("a-1", "VOICE_ID", domain))
                .getFirst();
        Instant readAt = world.time.instant();
        world.process().untilEnded(world.request(false, Instance.ACCOUNT));
        assertThat(world.record(instance).role().enabled()).contains(new Grant("voice-id", Optional.of(domain)));

        // When
        Association known =
                await(world.associations.join(instance.id(), "a-1", Association.ended(readAt.plusSeconds(60))));

        // Then
        assertThat(known.begun()).hasValueSatisfying(begun -> {
            assertThat(begun.feature()).isEqualTo("voice-id");
            assertThat(begun.resources()).containsExactly(domain);
        });
        assertThat(known.disabledAt()).contains(readAt.plusSeconds(60));
    }

    @Test
    void an_end_that_arrived_before_the_integration_was_read_disables_it() {
        // Given
        String domain = "arn:aws:voiceid:us-west-2:111122223333:domain/acme";
        Instance instance = world.fleet(Instance.ACCOUNT, 1, model -> model.integrated("a-1", "VOICE_ID", domain))
                .getFirst();
        await(world.associations.join(
                instance.id(), "a-1", Association.ended(world.time.instant().plusSeconds(600))));

        // When
        world.process().untilEnded(world.request(false, Instance.ACCOUNT));

        // Then
        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.record(instance).role().enabled())
                .extracting(Grant::feature)
                .containsExactly("call-recordings");
    }

    @Test
    void a_dry_run_records_no_integration() {
        Instance instance = world.fleet(
                        Instance.ACCOUNT,
                        1,
                        model -> model.integrated(
                                "a-1", "VOICE_ID", "arn:aws:voiceid:us-west-2:111122223333:domain/acme"))
                .getFirst();

        world.process().untilEnded(world.request(true, Instance.ACCOUNT));

        assertThat(await(world.associations.join(instance.id(), "a-1", Association.ended(world.time.instant())))
                        .begun())
                .isEmpty();
    }

    @Test
    void the_instances_are_counted_before_the_first_is_read() {
        world.fleet(Instance.ACCOUNT, 30);
        ImportRecord request = world.request(true, Instance.ACCOUNT);
        ImportWorld.ImportProcess process = world.process();

        process.work();
        world.time.pass(Duration.ofSeconds(4));

        Counts counts = world.progress(request).getFirst().counts();
        assertThat(counts.listed()).contains(30L);
        assertThat(counts.read()).isZero();
        process.stop();
    }

    @Test
    void an_account_that_is_not_reachable_fails_and_no_other_does() {
        // Given
        world.fleet(Instance.ACCOUNT, 3);
        world.fleet(OTHER_ACCOUNT, 3);
        world.unreachable = OTHER_ACCOUNT;
        ImportRecord request = world.request(true, Instance.ACCOUNT, OTHER_ACCOUNT);

        // When
        world.process().untilEnded(request);

        // Then
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.FAILED);
        assertThat(world.progress(request))
                .extracting(LocationProgress::state)
                .containsExactly(State.DONE, State.FAILED);
        assertThat(world.progress(request).getFirst().counts().read()).isEqualTo(3);
        assertThat(world.progress(request).getLast().reason()).contains("no role is configured");
    }

    @Test
    void a_location_that_is_throttled_is_gone_on_with_later() {
        // Given
        world.fleet(Instance.ACCOUNT, 3);
        world.connect.answerNext(
                "DescribeInstance",
                IntStream.range(0, 5).mapToObj(i -> ModelAnswer.throttled()).toArray(ModelAnswer[]::new));
        ImportRecord request = world.request(true, Instance.ACCOUNT);
        ImportWorld.ImportProcess process = world.process();

        // When
        process.until(() -> world.progress(request).stream().anyMatch(at -> at.state() == State.DELAYED));
        assertThat(world.progress(request).getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("DescribeInstance"));
        process.untilEnded(request);

        // Then
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
        assertThat(world.progress(request).getFirst().counts().read()).isEqualTo(3);
    }

    @Test
    void a_location_without_an_answer_for_hours_fails() {
        world.fleet(Instance.ACCOUNT, 1);
        world.instead = request -> Optional.of(ModelAnswer.throttled());
        ImportRecord request = world.request(true, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(world.state(request)).isEqualTo(ImportRecord.State.FAILED);
        assertThat(Duration.between(request.requestedAt(), world.time.instant()))
                .isBetween(ImportRunner.MAX_DELAY, ImportRunner.MAX_DELAY.plusHours(1));
    }

    @Test
    void what_could_not_be_read_is_told_and_why() {
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        world.connect.deny("ListIntegrationAssociations");
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.progress(request).getFirst().counts().unread()).isOne();
        assertThat(world.findings(request))
                .singleElement()
                .satisfies(finding -> assertThat(finding.notes())
                        .anySatisfy(note -> assertThat(note).contains("connect:ListIntegrationAssociations")));
    }

    @Test
    void an_instance_that_cannot_be_read_is_told_and_why() {
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        world.connect.deny("DescribeInstance");
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        world.process().untilEnded(request);

        assertThat(world.progress(request).getFirst().counts()).isEqualTo(new Counts(Optional.of(1L), 1, 0, 0, 1, 1));
        assertThat(world.findings(request)).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(instance.arn().toString());
            assertThat(finding.notes()).singleElement().asString().contains("connect:DescribeInstance");
        });
    }

    @Test
    void a_role_whose_name_is_taken_is_recorded_and_told() {
        // Given
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        world.cloud
                .administrator()
                .createRole(
                        r -> r.roleName(instance.roleName().value()).path("/").assumeRolePolicyDocument(TRUST_IN_EC2))
                .join();
        ImportRecord request = world.request(false, Instance.ACCOUNT);

        // When
        world.process().untilEnded(request);

        // Then
        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.findings(request).getFirst().notes())
                .singleElement()
                .asString()
                .contains("not in force", "RoleNameTaken");
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
    }

    @Test
    void a_role_that_iam_cannot_make_now_is_recorded_and_told() {
        // Given
        Instance instance = world.fleet(Instance.ACCOUNT, 1).getFirst();
        ImportRecord request = world.request(false, Instance.ACCOUNT);
        Ledger ledger = world.ledger();
        EventHandler handler = new ServiceParts(
                        ledger, new Away(), Defaults.COMPILER, Duration.ZERO, world.time, world.time.retry(0.5))
                .handler();

        // When
        world.process(CrashPlan.never(), ledger, handler).untilEnded(request);

        // Then
        assertThat(world.record(instance).role().live()).isTrue();
        assertThat(world.findings(request).getFirst().notes())
                .singleElement()
                .asString()
                .contains("not in force yet", "IAM is away");
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.DONE);
    }

    @Test
    void an_import_ends_right_wherever_a_replica_dies() {
        CrashPlan.ofEveryCall(400, plan -> {
            // Given
            ImportWorld dying = new ImportWorld();
            List<Instance> instances = dying.fleet(Instance.ACCOUNT, 2);
            ImportRecord request = dying.request(false, Instance.ACCOUNT);
            ImportWorld.ImportProcess first = dying.process(plan);
            first.until(() -> plan.died() || dying.state(request) != ImportRecord.State.RUNNING);

            // When
            dying.process().untilEnded(request);

            // Then
            assertThat(dying.state(request)).as(plan.toString()).isEqualTo(ImportRecord.State.DONE);
            assertThat(dying.progress(request).getFirst().counts().read()).isEqualTo(2);
            // And as the resync does, with a role that was not in force yet
            instances.forEach(instance ->
                    await(dying.cloud.process().operations(dying.time).reconcile(instance.id())));
            instances.forEach(instance -> assertThat(dying.cloud.permissions(instance.roleName()))
                    .as(plan.toString())
                    .hasValueSatisfying(
                            permissions -> assertThat(permissions.toString()).contains("s3:::recordings")));
        });
    }

    @Test
    void a_replica_that_stops_leaves_the_rest_to_another_at_once() {
        // Given
        world.fleet(Instance.ACCOUNT, 6);
        ImportRecord request = world.request(true, Instance.ACCOUNT);
        ImportWorld.ImportProcess first = world.process();
        first.until(() ->
                world.progress(request).stream().anyMatch(at -> at.counts().read() == 2));

        // When
        first.stop();

        // Then
        ImportWorld.ImportProcess second = world.process();
        second.work();
        world.time.pass(Duration.ofSeconds(8));
        assertThat(world.progress(request).getFirst().counts().read()).isBetween(3L, 5L);
        second.untilEnded(request);
        assertThat(world.progress(request).getFirst().counts()).isEqualTo(new Counts(Optional.of(6L), 6, 6, 12, 0, 6));
    }

    private static String alias(Instance instance) {
        return "alias-" + instance.id().hex().substring(0, 8);
    }

    /** Accounts whose IAM does not answer. */
    private record Away() implements Accounts {

        @Override
        public <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
            return Uni.createFrom().failure(new IamCallException(IamCallException.Kind.TRANSIENT, "IAM is away"));
        }

        @Override
        public Optional<String> objection(InstanceArn instance) {
            return Optional.empty();
        }

        @Override
        public boolean stalled(InstanceArn instance) {
            return false;
        }
    }
}
