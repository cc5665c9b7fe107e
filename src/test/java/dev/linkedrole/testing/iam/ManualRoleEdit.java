package dev.linkedrole.testing.iam;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Manual edits of a role, outside the controller. */
public final class ManualRoleEdit {

    /** A foreign trust policy. */
    public static final String TRUST_IN_EC2 = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
            """;

    private final IamClient iam;
    private final String name;

    private ManualRoleEdit(IamClient iam, String name) {
        this.iam = iam;
        this.name = name;
    }

    public static ManualRoleEdit of(RoleName name) {
        return new ManualRoleEdit(AwsTestClients.PLAIN_IAM, name.value());
    }

    /** Manual edits of a role of another account. */
    public static ManualRoleEdit in(String account, RoleName name) {
        Credentials session = AwsTestClients.PLAIN_STS
                .assumeRole(r -> r.roleArn("arn:aws:iam::" + account + ":role/administrator")
                        .roleSessionName("by-hand"))
                .credentials();
        return new ManualRoleEdit(
                IamClient.builder()
                        .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                                session.accessKeyId(), session.secretAccessKey(), session.sessionToken())))
                        .build(),
                name.value());
    }

    /** Creates an unrelated role of the same name. */
    public ManualRoleEdit make(Map<String, String> tags) {
        iam.createRole(r -> r.roleName(name)
                .path("/theirs/")
                .description("made by hand")
                .assumeRolePolicyDocument(TRUST_IN_EC2)
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        return this;
    }

    public ManualRoleEdit putPolicy(String policy, String action) {
        iam.putRolePolicy(r -> r.roleName(name).policyName(policy).policyDocument(policy(action)));
        return this;
    }

    /** Creates and attaches a managed policy. */
    public String attachPolicy(String action) {
        String arn = iam.createPolicy(r -> r.policyName(name + "-by-hand").policyDocument(policy(action)))
                .policy()
                .arn();
        iam.attachRolePolicy(r -> r.roleName(name).policyArn(arn));
        return arn;
    }

    /** Creates an instance profile and adds the role to it. */
    public ManualRoleEdit putInInstanceProfile() {
        iam.createInstanceProfile(r -> r.instanceProfileName(name));
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName(name).roleName(name));
        return this;
    }

    public ManualRoleEdit trust(String document) {
        iam.updateAssumeRolePolicy(r -> r.roleName(name).policyDocument(document));
        return this;
    }

    public ManualRoleEdit describe(String description) {
        iam.updateRoleDescription(r -> r.roleName(name).description(description));
        return this;
    }

    public ManualRoleEdit tag(String key, String value) {
        iam.tagRole(
                r -> r.roleName(name).tags(Tag.builder().key(key).value(value).build()));
        return this;
    }

    /** Deletes the role with all its inline policies. */
    public void remove() {
        iam.listRolePoliciesPaginator(r -> r.roleName(name))
                .policyNames()
                .forEach(policy -> iam.deleteRolePolicy(r -> r.roleName(name).policyName(policy)));
        iam.deleteRole(r -> r.roleName(name));
    }

    private static String policy(String action) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                """.formatted(action);
    }
}
