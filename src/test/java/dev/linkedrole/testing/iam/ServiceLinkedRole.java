package dev.linkedrole.testing.iam;

import static dev.linkedrole.testing.time.TestTimeout.await;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Role;

/** The service-linked role of an instance, found in IAM by its path and suffix alone. */
public final class ServiceLinkedRole {

    /** IAM path of service-linked roles. */
    public static final String PATH = "/aws-service-role/connect.amazonaws.com/";

    private final Instance instance;
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);

    public ServiceLinkedRole(Instance instance) {
        this.instance = instance;
    }

    /** Creates a foreign role with the same suffix. */
    public String make(String description) {
        return AwsTestClients.PLAIN_IAM
                .createServiceLinkedRole(r -> r.awsServiceName("connect.amazonaws.com")
                        .customSuffix(instance.id().hex())
                        .description(description))
                .role()
                .arn();
    }

    /** Returns its ARN in IAM. */
    public Optional<String> arn() {
        return AwsTestClients.PLAIN_IAM.listRolesPaginator(r -> r.pathPrefix(PATH)).roles().stream()
                .filter(role -> role.roleName().endsWith(instance.id().hex()))
                .map(Role::arn)
                .findFirst();
    }

    public Optional<IamReader.FoundRole> find() {
        return arn().map(RoleName::ofArn).flatMap(iam::find);
    }

    /** Returns the role; fails if there is none. */
    public IamReader.FoundRole get() {
        return find().orElseThrow(() -> new AssertionError("IAM has no service-linked role for " + instance));
    }

    /** Manual edits of the role. */
    public ManualRoleEdit byHand() {
        return ManualRoleEdit.of(name());
    }

    /** Deletes the role with its attachments, as its service would. */
    public void remove() {
        String name = name().value();
        AwsTestClients.PLAIN_IAM
                .listRolePoliciesPaginator(r -> r.roleName(name))
                .policyNames()
                .forEach(policy -> AwsTestClients.PLAIN_IAM.deleteRolePolicy(
                        r -> r.roleName(name).policyName(policy)));
        AwsTestClients.PLAIN_IAM.deleteServiceLinkedRole(r -> r.roleName(name));
    }

    public RoleName name() {
        return arn().map(RoleName::ofArn).orElseThrow();
    }

    /** Returns its record in a ledger. */
    public RoleRecord record(Ledger ledger) {
        return await(ledger.load(instance.id())).orElseThrow();
    }
}
