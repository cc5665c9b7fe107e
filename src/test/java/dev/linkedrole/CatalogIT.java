package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.GrantTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.Permission;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged service with other catalogs than the one it has by default. */
@Tag("aws")
class CatalogIT {

    private final Deployment deployment = Deployment.provision();
    private final Producer producer = new Producer(AwsTestClients.PLAIN_SQS, deployment);
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);

    @Test
    void another_built_in_catalog_is_taken_by_its_name() {
        // Given
        GrantTable table = GrantTable.all().stream()
                .filter(each -> each.catalog().equals("amazon-connect-2026"))
                .findFirst()
                .orElseThrow();
        GrantTable.Row row = table.rows().getFirst();
        Instance instance = Instance.random();

        // When
        serve(
                "amazon-connect-2026",
                () -> producer.sendAndAwait(
                        instance.created(0),
                        instance.enabled(1, row.feature(), row.resources().toArray(String[]::new))));

        // Then the role is as its table says, what it may not do included
        String policy = policyOf(instance.roleName());
        SortedSet<Permission> expected = new TreeSet<>(table.base());
        expected.addAll(row.grants());
        assertThat(Permission.allowedUnlessDenied(policy)).isEqualTo(expected);
        assertThat(Permission.deniedBy(policy)).isEqualTo(table.denied());
    }

    @Test
    void a_catalog_of_another_service_is_taken_by_its_path() {
        // Given an instance of the example's service, which the code knows nothing of
        Path lighthouse = Path.of("docs", "catalogs", "lighthouse.yaml").toAbsolutePath();
        InstanceId id = new InstanceId(UUID.randomUUID().toString());
        Instance instance = new Instance(new InstanceArn("aws", "lighthouse", "us-west-2", "111122223333", id));
        String lamp = "arn:aws:lamps:us-west-2:111122223333:lamp/red";

        // When
        serve(
                lighthouse.toString(),
                () -> producer.sendAndAwait(instance.created(0), instance.enabled(1, "beacon", lamp)));

        // Then
        RoleName name = RoleName.of("Lighthouse_", id);
        assertThat(iam.get(name).path()).isEqualTo("/linked-role/lighthouse.example.com/");
        assertThat(iam.get(name).trustPolicy()).contains("lighthouse.example.com");
        assertThat(iam.get(name).permissions())
                .isEqualTo(new TreeSet<>(Set.of(
                        Permission.of("sea:Watch", "*"),
                        Permission.of("lamps:Light", lamp),
                        Permission.of("lamps:Douse", lamp))));
    }

    private void serve(String catalog, Runnable work) {
        try (ServiceProcess service = ServiceProcess.start(deployment, Map.of("LINKED_ROLE_CATALOG", catalog))) {
            service.awaitReady();
            work.run();
            assertThat(service.terminate()).isZero();
        }
    }

    private String policyOf(RoleName name) {
        assertThat(iam.get(name).inlinePolicies()).hasSize(1);
        return iam.get(name).inlinePolicies().values().iterator().next();
    }
}
