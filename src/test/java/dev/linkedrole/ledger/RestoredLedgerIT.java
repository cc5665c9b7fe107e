package dev.linkedrole.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.Permission;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The packaged service on a table that was restored from a backup, from the restore to the adoption. */
@Tag("aws")
class RestoredLedgerIT {

    private final Deployment deployment = Deployment.provision();
    private final Deployment restored = Deployment.provision();
    private final Producer producer = new Producer(AwsTestClients.PLAIN_SQS, deployment);
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Instance instance = Instance.random();

    @Test
    void a_restored_ledger_revokes_nothing_until_it_is_adopted() {
        // Given a backup, and a grant after it
        try (ServiceProcess service = ServiceProcess.start(deployment, Map.of())) {
            service.awaitReady();
            producer.sendAndAwait(instance.created(0), Bots.enabled(instance, 1, 0, 1));
            ledger(service).statusCode(200).body("restored", equalTo(false)).body("table", equalTo(""));
            copy();
            producer.sendAndAwait(Bots.enabled(instance, 2, 1, 2));
            assertThat(service.terminate()).isZero();
        }

        // When the service starts on the restored table, as docs/operations.md says
        Map<String, String> environment =
                Map.of("LINKED_ROLE_TABLE", restored.table(), "LINKED_ROLE_DEPLOYMENT", arn(deployment.table()));
        try (ServiceProcess service = ServiceProcess.start(deployment, environment)) {
            service.awaitReady();

            // Then it says so, and a comparison revokes nothing
            String table = ledger(service)
                    .statusCode(200)
                    .body("restored", equalTo(true))
                    .extract()
                    .path("table");
            assertThat(service.readiness()).contains("restored");
            assertThat(service.log()).contains("POST /api/ledger/adopt");
            reconcile(service);
            assertThat(permissions()).isEqualTo(granted(Bots.permissions(0, 2)));
            role(service).body("conditions.type", hasItem("RoleNotRecorded"));

            // And only the table that it names can be adopted
            adopt(service, "{}").statusCode(400).body("detail", containsString("table"));
            adopt(service, "{\"table\": \"another\"}").statusCode(409);
            assertThat(permissions()).isEqualTo(granted(Bots.permissions(0, 2)));

            // And once it is adopted, the role is what it records
            adopt(service, "{\"table\": \"" + table + "\"}").statusCode(200).body("restored", equalTo(false));
            reconcile(service).body("outcome", equalTo("in-force"));
            assertThat(permissions()).isEqualTo(granted(Bots.permissions(0, 1)));
        }
    }

    /** Writes all items of the ledger into the other table, as a restore does. */
    private void copy() {
        List<Map<String, AttributeValue>> items = AwsTestClients.DYNAMO_DB
                .scan(r -> r.tableName(deployment.table()).consistentRead(true))
                .join()
                .items();
        assertThat(items).isNotEmpty();
        items.forEach(item -> AwsTestClients.DYNAMO_DB
                .putItem(r -> r.tableName(restored.table()).item(item))
                .join());
    }

    private static String arn(String table) {
        return AwsTestClients.DYNAMO_DB
                .describeTable(r -> r.tableName(table))
                .join()
                .table()
                .tableArn();
    }

    private SortedSet<Permission> permissions() {
        return iam.permissions(instance.roleName());
    }

    private static SortedSet<Permission> granted(Set<Permission> more) {
        SortedSet<Permission> all = new TreeSet<>(ContractTable.BASE);
        all.addAll(more);
        return all;
    }

    private static ValidatableResponse ledger(ServiceProcess service) {
        return Operator.asks(service.api()).get("/api/ledger").then();
    }

    private ValidatableResponse role(ServiceProcess service) {
        return Operator.asks(service.api())
                .get("/api/roles/" + instance.id())
                .then()
                .statusCode(200);
    }

    private ValidatableResponse reconcile(ServiceProcess service) {
        return Operator.asks(service.api())
                .post("/api/roles/" + instance.id() + "/reconcile")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse adopt(ServiceProcess service, String body) {
        return Operator.asks(service.api())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/ledger/adopt")
                .then();
    }
}
