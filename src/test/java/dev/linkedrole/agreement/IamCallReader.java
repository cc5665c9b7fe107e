package dev.linkedrole.agreement;

import dev.linkedrole.testing.aws.LocalAws;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Reader of calls to IAM: the permissions that they need, with the tags and the boundary that roles have at that moment. */
final class IamCallReader {

    /** Name that moto gives a service-linked role, where Amazon Connect chooses its own. */
    private static final String NAME_BY_MOTO = "AWSServiceRoleForconnect_";

    private static final String NAME = "AWSServiceRoleForAmazonConnect_";
    private static final String SERVICE_PATH = "role/aws-service-role/";

    private static final String ROLE = "RoleName";
    private static final String POLICY = "PolicyArn";
    private static final String BOUNDARY = "PermissionsBoundary";
    private static final String BOUNDARY_KEY = "iam:PermissionsBoundary";
    private static final String PATH = "Path";

    private final String account;
    private final IamClient iam;
    private final Map<String, String> form;

    IamCallReader(String account, IamClient iam, Map<String, String> form) {
        this.account = account;
        this.iam = iam;
        this.form = form;
    }

    /** Client with the access key that a call is signed with: the local AWS knows by it which account is meant. */
    static IamClient client(String key) {
        return IamClient.builder()
                .endpointOverride(
                        URI.create(Objects.requireNonNull(LocalAws.environment().get("AWS_ENDPOINT_URL"))))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "any")))
                .build();
    }

    /** Permissions that the call needs, before it is made. */
    List<AwsCall> needed() {
        String action = of("Action");
        return switch (action) {
            case "CreateRole" -> created("role", of(ROLE), "TagRole");
            case "CreatePolicy" -> created("policy", of("PolicyName"), "TagPolicy");
            case "GetAccountAuthorizationDetails", "GetAccountSummary", "ListRoles" ->
                List.of(call(action, "*", Map.of()));
            case "CreateServiceLinkedRole" ->
                List.of(call(
                        action,
                        arn(SERVICE_PATH + of("AWSServiceName") + "/" + NAME + of("CustomSuffix")),
                        Map.of("iam:AWSServiceName", of("AWSServiceName"))));
            case "GetServiceLinkedRoleDeletionStatus" -> List.of(call(action, arn(deleted()), Map.of()));
            case "RemoveRoleFromInstanceProfile" ->
                List.of(call(
                        action,
                        iam.getInstanceProfile(r -> r.instanceProfileName(of("InstanceProfileName")))
                                .instanceProfile()
                                .arn(),
                        Map.of()));
            default -> form.containsKey(ROLE) ? ofRole(action) : List.of(ofPolicy(action));
        };
    }

    /** The role that a task deletes: IAM's tasks name it, those of moto do not. */
    private String deleted() {
        String task = of("DeletionTaskId");
        return task.startsWith("task/")
                ? task.replaceFirst("^task/(.*)/[^/]+$", "role/$1")
                : SERVICE_PATH + "connect.amazonaws.com/" + NAME + task.replace("-", "");
    }

    private List<AwsCall> created(String type, String name, String tagging) {
        Map<String, String> tags = requestedTags();
        Map<String, String> creating = new HashMap<>(tags);
        Optional.ofNullable(form.get(BOUNDARY)).ifPresent(boundary -> creating.put(BOUNDARY_KEY, boundary));
        String arn = arn(type + form.getOrDefault(PATH, "/") + name);
        return List.of(call(of("Action"), arn, creating), call(tagging, arn, tags));
    }

    private List<AwsCall> ofRole(String action) {
        Optional<Role> role = role(of(ROLE));
        if (role.isEmpty()) {
            // Nobody says which path IAM takes a role for that is not there, so that both have to do.
            return List.of(
                    call(action, arn("role/" + of(ROLE)), Map.of()),
                    call(action, arn("role/linked-role/connect.amazonaws.com/" + of(ROLE)), Map.of()));
        }
        Map<String, String> context = new HashMap<>(requestedTags());
        context.putAll(tagsOf(role.get().tags()));
        Optional.ofNullable(form.get(POLICY)).ifPresent(policy -> context.put("iam:PolicyARN", policy));
        Optional.ofNullable(form.get(BOUNDARY))
                .or(() -> Optional.ofNullable(role.get().permissionsBoundary())
                        .map(boundary -> boundary.permissionsBoundaryArn()))
                .ifPresent(boundary -> context.put(BOUNDARY_KEY, boundary));
        return List.of(call(action, role.get().arn(), context));
    }

    private AwsCall ofPolicy(String action) {
        try {
            return call(
                    action,
                    of(POLICY),
                    tagsOf(iam.getPolicy(r -> r.policyArn(of(POLICY))).policy().tags()));
        } catch (NoSuchEntityException missing) {
            return call(action, of(POLICY), Map.of());
        }
    }

    private Optional<Role> role(String name) {
        try {
            return Optional.of(iam.getRole(r -> r.roleName(name)).role());
        } catch (NoSuchEntityException missing) {
            return Optional.empty();
        }
    }

    private static Map<String, String> tagsOf(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(tag -> "aws:ResourceTag/" + tag.key(), Tag::value));
    }

    private Map<String, String> requestedTags() {
        Map<String, String> tags = new HashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 1; form.containsKey("Tags.member." + i + ".Key"); i++) {
            String key = of("Tags.member." + i + ".Key");
            keys.add(key);
            tags.put("aws:RequestTag/" + key, of("Tags.member." + i + ".Value"));
        }
        if (!keys.isEmpty()) {
            tags.put("aws:TagKeys", String.join(",", keys));
        }
        return tags;
    }

    private AwsCall call(String action, String resource, Map<String, String> context) {
        return new AwsCall(account, "iam:" + action, resource.replace(NAME_BY_MOTO, NAME), context);
    }

    private String arn(String resource) {
        return "arn:aws:iam::" + account + ":" + resource;
    }

    private String of(String field) {
        return Objects.requireNonNull(form.get(field), field);
    }
}
