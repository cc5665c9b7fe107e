package dev.linkedrole.connect.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.imports.DriftReport.Unfinished;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The report of instances without a role, and roles without an instance. */
class DriftReporterTest {

    private static final ConnectLocation HERE = new ConnectLocation(Instance.ACCOUNT, Instance.REGION);
    private static final ConnectLocation THERE = new ConnectLocation("444455556666", Instance.REGION);

    private final ManualTime time = new ManualTime();
    private final ModelConnect connect = new ModelConnect(time);
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final VirtualReplica replica =
            new VirtualReplica(time, new InProcessConnect(connect::answer), RequestRate.DEFAULT);
    private final DriftReporter reporter =
            new DriftReporter(replica.locations(), cloud.process().ledger(), time.retry(0.5));

    @Test
    void instances_and_roles_are_compared_by_their_ids() {
        // Given
        Instance both = listed(Instance.random());
        Instance onlyListed = listed(Instance.random());
        Instance onlyRecorded = Instance.random();
        Instance elsewhere = Instance.randomIn(THERE.account());
        Instance deleted = listed(Instance.random());
        Instance unannounced = listed(Instance.random());
        cloud.process().take(both.created(0), onlyRecorded.created(0), elsewhere.created(0));
        cloud.process().take(deleted.created(0), deleted.deleted(1), unannounced.enabled(0, "outbound-campaigns"));

        // When
        DriftReport report = report(HERE);

        // Then
        assertThat(report.instancesWithoutRole())
                .containsExactlyInAnyOrder(onlyListed.arn(), deleted.arn(), unannounced.arn());
        assertThat(report.rolesWithoutInstance()).containsExactly(onlyRecorded.arn());
        assertThat(report.unfinished()).isEmpty();
        assertThat(connect.requests()).containsOnly("ListInstances");
    }

    @Test
    void an_instance_that_is_not_active_needs_no_role() {
        connect.add(new ModelInstance(Instance.random().arn())
                .described(summary -> summary.put("InstanceStatus", "CREATION_FAILED")));

        assertThat(report(HERE).instancesWithoutRole()).isEmpty();
    }

    @Test
    void a_location_not_listed_in_time_is_named_and_others_are_compared() {
        // Given more pages than fit into the time
        connect.answerInPagesOf(1);
        Instance listed = listed(Instance.random());
        for (int i = 0; i < 100; i++) {
            listed(Instance.randomIn(THERE.account()));
        }
        Instance recorded = Instance.randomIn(THERE.account());
        cloud.process().take(recorded.created(0));

        // When
        DriftReport report = report(HERE, THERE);

        // Then
        assertThat(report.instancesWithoutRole()).containsExactly(listed.arn());
        assertThat(report.rolesWithoutInstance()).isEmpty();
        assertThat(report.unfinished())
                .extracting(Unfinished::account, Unfinished::region)
                .containsExactly(tuple(THERE.account(), THERE.region()));
    }

    @Test
    void a_location_that_may_not_be_listed_is_named_with_the_reason() {
        connect.deny("ListInstances");

        assertThat(report(HERE).unfinished())
                .singleElement()
                .satisfies(location -> assertThat(location.reason()).contains("connect:ListInstances"));
    }

    @Test
    void only_so_many_are_named_and_the_others_counted() {
        for (int i = 0; i < DriftReport.MAX_NAMED + 5; i++) {
            cloud.process().record(Instance.random().created(0));
        }

        DriftReport report = report(HERE);

        assertThat(report.rolesWithoutInstance()).hasSize(DriftReport.MAX_NAMED);
        assertThat(report.moreRoles()).isEqualTo(5);
    }

    private Instance listed(Instance instance) {
        connect.add(new ModelInstance(instance.arn()));
        return instance;
    }

    private DriftReport report(ConnectLocation... where) {
        CompletableFuture<DriftReport> report = reporter.report(List.of(where)).subscribeAsCompletionStage();
        time.pass(DriftReporter.LISTING_TIMEOUT.plusSeconds(1));
        assertThat(report).isDone();
        return report.join();
    }
}
