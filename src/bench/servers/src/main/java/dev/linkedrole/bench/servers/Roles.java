package dev.linkedrole.bench.servers;

import dev.linkedrole.bench.servers.IamEndpoint.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The roles that the endpoint has, with inline and managed policies. What it is not asked for here it does not know. */
final class Roles {

    private static final int PAGE = 100;

    private final NavigableMap<String, Role> roles = new ConcurrentSkipListMap<>();
    private final Map<String, Managed> policies = new ConcurrentHashMap<>();

    private static final class Role {
        final String name;
        final String path;
        final String trust;
        final String description;
        final String created = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        final SortedMap<String, String> tags;
        final SortedMap<String, String> inline = new ConcurrentSkipListMap<>();
        final SortedMap<String, String> attached = new ConcurrentSkipListMap<>();

        Role(String name, String path, String trust, String description, SortedMap<String, String> tags) {
            this.name = name;
            this.path = path;
            this.trust = trust;
            this.description = description;
            this.tags = tags;
        }

        String arn() {
            return "arn:aws:iam::000000000000:role" + path + name;
        }
    }

    private static final class Managed {
        final String arn;
        final SortedMap<String, String> tags;
        final NavigableMap<Integer, String> versions = new ConcurrentSkipListMap<>();

        Managed(String arn, SortedMap<String, String> tags) {
            this.arn = arn;
            this.tags = tags;
        }
    }

    /** Makes a role for each instance like the one for another instance, with its id wherever the other's stands. */
    void copy(String model, List<String> instances) {
        String digits = model.replace("-", "");
        Role of = roles.values().stream()
                .filter(role -> role.name.endsWith(digits))
                .findFirst()
                .orElseThrow();
        for (String instance : instances) {
            UnaryOperator<String> rename =
                    text -> text.replace(model, instance).replace(digits, instance.replace("-", ""));
            Role copy = new Role(
                    rename.apply(of.name), of.path, of.trust, rename.apply(of.description), renamed(of.tags, rename));
            copy.inline.putAll(renamed(of.inline, rename));
            roles.put(copy.name, copy);
        }
    }

    private static SortedMap<String, String> renamed(SortedMap<String, String> values, UnaryOperator<String> rename) {
        SortedMap<String, String> renamed = new ConcurrentSkipListMap<>();
        values.forEach((key, value) -> renamed.put(key, rename.apply(value)));
        return renamed;
    }

    /** A line for each role: its name, how many inline policies it has and how many characters they have in all. */
    String describe() {
        return roles.values().stream()
                .map(role -> role.name + " " + role.inline.size() + " "
                        + role.inline.values().stream().mapToInt(String::length).sum())
                .collect(Collectors.joining("\n"));
    }

    Answer answer(String action, Map<String, String> asked) {
        return switch (action) {
            case "CreateRole" -> create(asked);
            case "GetRole" -> with(asked, action, role -> "<Role>" + xml(role) + "</Role>");
            case "DeleteRole" ->
                with(asked, action, role -> {
                    roles.remove(role.name);
                    return "";
                });
            case "TagRole" ->
                with(asked, action, role -> {
                    role.tags.putAll(tags(asked));
                    return "";
                });
            case "PutRolePolicy" ->
                with(asked, action, role -> {
                    role.inline.put(asked.get("PolicyName"), asked.get("PolicyDocument"));
                    return "";
                });
            case "GetRolePolicy" -> inline(asked, action);
            case "DeleteRolePolicy" ->
                with(asked, action, role -> {
                    role.inline.remove(asked.get("PolicyName"));
                    return "";
                });
            case "ListRolePolicies" ->
                with(
                        asked,
                        action,
                        role -> "<PolicyNames>" + members(role.inline, name -> escape(name))
                                + "</PolicyNames><IsTruncated>false</IsTruncated>");
            case "ListAttachedRolePolicies" ->
                with(
                        asked,
                        action,
                        role -> "<AttachedPolicies>" + attached(role)
                                + "</AttachedPolicies><IsTruncated>false</IsTruncated>");
            case "ListInstanceProfilesForRole" ->
                with(asked, action, role -> "<InstanceProfiles/><IsTruncated>false</IsTruncated>");
            case "AttachRolePolicy" ->
                with(asked, action, role -> {
                    String arn = asked.get("PolicyArn");
                    role.attached.put(arn, arn.substring(arn.lastIndexOf('/') + 1));
                    return "";
                });
            case "DetachRolePolicy" ->
                with(asked, action, role -> {
                    role.attached.remove(asked.get("PolicyArn"));
                    return "";
                });
            case "CreatePolicy" -> createPolicy(asked);
            case "CreatePolicyVersion" -> createVersion(asked);
            case "DeletePolicyVersion" ->
                withPolicy(asked, action, policy -> {
                    policy.versions.remove(
                            Integer.parseInt(asked.get("VersionId").substring(1)));
                    return "";
                });
            case "DeletePolicy" ->
                withPolicy(asked, action, policy -> {
                    policies.remove(policy.arn);
                    return "";
                });
            case "GetPolicy" -> withPolicy(asked, action, policy -> "<Policy>" + xml(policy) + "</Policy>");
            case "GetPolicyVersion" ->
                withPolicy(
                        asked,
                        action,
                        policy -> "<PolicyVersion>"
                                + version(
                                        policy,
                                        Integer.parseInt(asked.get("VersionId").substring(1)))
                                + "</PolicyVersion>");
            case "ListPolicyVersions" ->
                withPolicy(
                        asked,
                        action,
                        policy -> "<Versions>"
                                + policy.versions.keySet().stream()
                                        .map(version -> "<member>" + version(policy, version) + "</member>")
                                        .collect(Collectors.joining())
                                + "</Versions><IsTruncated>false</IsTruncated>");
            case "GetAccountAuthorizationDetails" -> details(asked);
            case "GetCallerIdentity" -> // STS's, for who asks both of them here
                ok(
                        action,
                        "<Arn>arn:aws:iam::000000000000:user/bench</Arn><UserId>AIDABENCH</UserId><Account>000000000000</Account>");
            default -> error(400, "InvalidAction", action + " is not known here");
        };
    }

    private Answer create(Map<String, String> asked) {
        String name = asked.get("RoleName");
        Role role = new Role(
                name,
                asked.getOrDefault("Path", "/"),
                asked.get("AssumeRolePolicyDocument"),
                asked.getOrDefault("Description", ""),
                new ConcurrentSkipListMap<>(tags(asked)));
        return roles.putIfAbsent(name, role) == null
                ? ok("CreateRole", "<Role>" + xml(role) + "</Role>")
                : error(409, "EntityAlreadyExists", "Role with name " + name + " already exists.");
    }

    private Answer inline(Map<String, String> asked, String action) {
        Role role = roles.get(asked.get("RoleName"));
        String name = asked.get("PolicyName");
        String document = role == null ? null : role.inline.get(name);
        return document == null
                ? error(404, "NoSuchEntity", "The role policy with name " + name + " cannot be found.")
                : ok(
                        action,
                        "<RoleName>" + role.name + "</RoleName><PolicyName>" + escape(name)
                                + "</PolicyName><PolicyDocument>" + encoded(document) + "</PolicyDocument>");
    }

    private Answer createPolicy(Map<String, String> asked) {
        String arn = "arn:aws:iam::000000000000:policy" + asked.getOrDefault("Path", "/") + asked.get("PolicyName");
        Managed policy = new Managed(arn, new ConcurrentSkipListMap<>(tags(asked)));
        policy.versions.put(1, asked.get("PolicyDocument"));
        return policies.putIfAbsent(arn, policy) == null
                ? ok("CreatePolicy", "<Policy>" + xml(policy) + "</Policy>")
                : error(409, "EntityAlreadyExists", "A policy called " + arn + " already exists.");
    }

    private Answer createVersion(Map<String, String> asked) {
        return withPolicy(asked, "CreatePolicyVersion", policy -> {
            int version = policy.versions.lastKey() + 1;
            policy.versions.put(version, asked.get("PolicyDocument"));
            return "<PolicyVersion>" + version(policy, version) + "</PolicyVersion>";
        });
    }

    /** Pages of roles and of managed policies as IAM gives them: all of the roles first. */
    private Answer details(Map<String, String> asked) {
        String after = asked.getOrDefault("Marker", "");
        int most = Integer.parseInt(asked.getOrDefault("MaxItems", Integer.toString(PAGE)));
        StringBuilder page = new StringBuilder();
        String last = after;
        int count = 0;
        for (Role role : roles.tailMap(after, false).values()) {
            if (count == most) {
                break;
            }
            page.append("<member>").append(detail(role)).append("</member>");
            last = role.name;
            count++;
        }
        boolean more = roles.higherKey(last.isEmpty() ? " " : last) != null;
        String managed = more
                ? ""
                : policies.values().stream()
                        .map(policy -> "<member>" + xml(policy) + "<PolicyVersionList>"
                                + policy.versions.keySet().stream()
                                        .map(version -> "<member>" + version(policy, version) + "</member>")
                                        .collect(Collectors.joining())
                                + "</PolicyVersionList></member>")
                        .collect(Collectors.joining());
        return ok(
                "GetAccountAuthorizationDetails",
                "<RoleDetailList>" + page + "</RoleDetailList><Policies>" + managed
                        + "</Policies><UserDetailList/><GroupDetailList/><IsTruncated>" + more + "</IsTruncated>"
                        + (more ? "<Marker>" + last + "</Marker>" : ""));
    }

    private static String detail(Role role) {
        return basics(role) + "<InstanceProfileList/><RolePolicyList>"
                + role.inline.entrySet().stream()
                        .map(policy ->
                                "<member><PolicyName>" + escape(policy.getKey()) + "</PolicyName><PolicyDocument>"
                                        + encoded(policy.getValue()) + "</PolicyDocument></member>")
                        .collect(Collectors.joining())
                + "</RolePolicyList><AttachedManagedPolicies>" + attached(role) + "</AttachedManagedPolicies>";
    }

    private static String xml(Role role) {
        return basics(role) + "<Description>" + escape(role.description)
                + "</Description><MaxSessionDuration>3600</MaxSessionDuration>";
    }

    private static String basics(Role role) {
        return "<Path>" + escape(role.path) + "</Path><Arn>" + escape(role.arn()) + "</Arn><RoleName>"
                + escape(role.name)
                + "</RoleName><RoleId>AROA" + Integer.toHexString(role.name.hashCode())
                + "0123456789AB</RoleId><CreateDate>" + role.created + "</CreateDate><AssumeRolePolicyDocument>"
                + encoded(role.trust) + "</AssumeRolePolicyDocument><Tags>" + tags(role.tags) + "</Tags>";
    }

    private static String xml(Managed policy) {
        String name = policy.arn.substring(policy.arn.lastIndexOf('/') + 1);
        return "<PolicyName>" + escape(name) + "</PolicyName><Arn>" + escape(policy.arn) + "</Arn><PolicyId>ANPA"
                + Integer.toHexString(policy.arn.hashCode()) + "</PolicyId><DefaultVersionId>v"
                + policy.versions.lastKey()
                + "</DefaultVersionId><AttachmentCount>1</AttachmentCount><IsAttachable>true</IsAttachable><Tags>"
                + tags(policy.tags) + "</Tags>";
    }

    private static String version(Managed policy, int version) {
        return "<VersionId>v" + version + "</VersionId><IsDefaultVersion>" + (version == policy.versions.lastKey())
                + "</IsDefaultVersion><Document>" + encoded(policy.versions.getOrDefault(version, "")) + "</Document>";
    }

    private static String attached(Role role) {
        return role.attached.entrySet().stream()
                .map(policy -> "<member><PolicyName>" + escape(policy.getValue()) + "</PolicyName><PolicyArn>"
                        + escape(policy.getKey()) + "</PolicyArn></member>")
                .collect(Collectors.joining());
    }

    private static String members(SortedMap<String, String> entries, Function<String, String> content) {
        return entries.keySet().stream()
                .map(key -> "<member>" + content.apply(key) + "</member>")
                .collect(Collectors.joining());
    }

    private static String tags(SortedMap<String, String> tags) {
        return members(tags, key -> "<Key>" + escape(key) + "</Key><Value>" + escape(tags.get(key)) + "</Value>");
    }

    private static SortedMap<String, String> tags(Map<String, String> asked) {
        SortedMap<String, String> tags = new TreeMap<>();
        for (int i = 1; asked.containsKey("Tags.member." + i + ".Key"); i++) {
            tags.put(asked.get("Tags.member." + i + ".Key"), asked.get("Tags.member." + i + ".Value"));
        }
        return tags;
    }

    private Answer with(Map<String, String> asked, String action, Function<Role, String> result) {
        String name = asked.get("RoleName");
        Role role = name == null ? null : roles.get(name);
        return role == null
                ? error(404, "NoSuchEntity", "The role with name " + name + " cannot be found.")
                : ok(action, result.apply(role));
    }

    private Answer withPolicy(Map<String, String> asked, String action, Function<Managed, String> result) {
        String arn = asked.get("PolicyArn");
        Managed policy = arn == null ? null : policies.get(arn);
        return policy == null
                ? error(404, "NoSuchEntity", "Policy " + arn + " does not exist or is not attachable.")
                : ok(action, result.apply(policy));
    }

    private static Answer ok(String action, String result) {
        return new Answer(
                200,
                "<" + action + "Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><" + action + "Result>"
                        + result
                        + "</" + action + "Result><ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata></"
                        + action
                        + "Response>");
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>" + escape(message)
                        + "</Message></Error><RequestId>bench</RequestId></ErrorResponse>");
    }

    /** As IAM gives documents: by RFC 3986. */
    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
