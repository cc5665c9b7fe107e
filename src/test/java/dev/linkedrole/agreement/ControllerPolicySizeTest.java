package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;

/** The controller's policies fit into IAM's limits, whatever the values of their template's parameters are. */
class ControllerPolicySizeTest {

    private static final Path FILE = Path.of("deploy", "controller-policy.yaml");

    /** Maximum length of a managed policy, without white space. */
    private static final int MAX_POLICY_SIZE = 6_144;

    /** Maximum length of a trust policy, unless the quota was raised. */
    private static final int MAX_TRUST_SIZE = 2_048;

    private static final String ACCOUNT = "111122223333";

    /** Returns the longest value of each parameter with free text. */
    private static SortedMap<String, String> longest(String partition, String region) {
        String iam = "arn:" + partition + ":iam::" + ACCOUNT + ":";
        String there = partition + ":%s:" + region + ":" + ACCOUNT + ":";
        SortedMap<String, String> values = new TreeMap<>();
        values.put("Owner", "o".repeat(64));
        values.put("RolePath", "/" + "p".repeat(126) + "/");
        values.put("RoleNamePrefix", "n".repeat(32));
        values.put("PermissionsBoundary", filled(iam + "policy/", 256));
        values.put("ServicePrincipal", "s".repeat(128));
        values.put("MemberRole", "m".repeat(64));
        values.put("ExternalId", "e".repeat(1_224));
        values.put("Controller", filled(iam + "role/", 512));
        values.put("Prefix", "p".repeat(30));
        values.put("InstanceCreatedQueue", "c".repeat(71));
        values.put("FeatureEnabledQueue", "f".repeat(71));
        values.put("InstanceDeletedQueue", "d".repeat(71));
        values.put("Table", "t".repeat(255));
        values.put("KmsKey", filled("arn:" + there.formatted("kms") + "key/", 128));
        values.put("OutcomesTarget", filled("arn:" + there.formatted("events") + "event-bus/", 320));
        return values;
    }

    private static String filled(String beginning, int length) {
        return beginning + "x".repeat(length - beginning.length());
    }

    @Test
    void every_parameter_has_a_longest_value_and_this_is_it() {
        SortedMap<String, JsonNode> texts = new TreeMap<>(new Template(FILE, Map.of()).parameters());
        texts.values().removeIf(parameter -> parameter.has("AllowedValues"));
        SortedMap<String, String> values = longest("aws-us-gov", "us-gov-west-1");

        assertThat(texts).containsOnlyKeys(values.keySet());
        texts.forEach((name, parameter) -> {
            String value = values.getOrDefault(name, "");
            assertThat(value).as(name).hasSize(parameter.path("MaxLength").asInt());
            assertThat(value).as(name).matches(parameter.path("AllowedPattern").asText());
        });
    }

    @Test
    void no_parameter_takes_a_wildcard_or_a_policy_variable() {
        new Template(FILE, Map.of()).parameters().forEach((name, parameter) -> {
            String pattern = parameter.path("AllowedPattern").asText("");
            longest("aws", "us-west-2")
                    .values()
                    .forEach(value -> Stream.of("*", "?", "${aws:username}", "\"")
                            .map(wild ->
                                    value.substring(0, value.length() - 1) + wild + value.charAt(value.length() - 1))
                            .forEach(wild -> assertThat(
                                            parameter.has("AllowedPattern") && Pattern.matches(pattern, wild))
                                    .as("%s=%s", name, wild)
                                    .isFalse()));
        });
    }

    static Stream<Region> regions() {
        return Region.regions().stream().filter(region -> !region.isGlobalRegion());
    }

    @ParameterizedTest
    @MethodSource("regions")
    void with_everything_at_its_longest_each_policy_fits(Region region) {
        Map<String, String> member = everything(region);
        Map<String, String> slot = new HashMap<>(member);
        slot.put("Controller", "");
        fits(member);
        fits(slot);
    }

    @Test
    void with_every_choice_each_policy_fits() {
        withEveryChoice(Region.US_GOV_WEST_1).forEach(ControllerPolicySizeTest::fits);
    }

    private static void fits(Map<String, String> parameters) {
        Template template = new Template(FILE, parameters);
        template.policies()
                .forEach((name, policy) -> assertThat(policy.toString().length())
                        .as("%s with %s", name, parameters)
                        .isLessThanOrEqualTo(MAX_POLICY_SIZE));
        template.resources("AWS::IAM::Role")
                .forEach(role -> assertThat(template.trust(role).toString().length())
                        .as("the trust policy of %s with %s", role, parameters)
                        .isLessThanOrEqualTo(MAX_TRUST_SIZE));
    }

    @Test
    void there_are_two_policies_at_slot_and_one_in_another_account() {
        assertThat(new Template(FILE, Map.of()).policies()).containsOnlyKeys("QueuesPolicy", "RolesPolicy");
        assertThat(new Template(FILE, Map.of("Controller", "arn:aws:iam::444455556666:role/controller")).policies())
                .containsOnlyKeys("RolesPolicy");
    }

    /**
     * Returns every combination of the parameters with fixed choices, and of the optional texts: at their longest or
     * absent.
     */
    private static List<Map<String, String>> withEveryChoice(Region region) {
        Map<String, String> longest = everything(region);
        List<Map<String, String>> all = List.of(longest);
        for (var parameter : new Template(FILE, Map.of()).parameters().entrySet()) {
            List<String> values = choices(parameter.getValue(), longest.getOrDefault(parameter.getKey(), ""));
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> chosen : all) {
                for (String value : values) {
                    Map<String, String> next = new HashMap<>(chosen);
                    next.put(parameter.getKey(), value);
                    more.add(next);
                }
            }
            all = more;
        }
        return all;
    }

    private static Map<String, String> everything(Region region) {
        String partition = region.metadata().partition().id();
        Map<String, String> everything = new HashMap<>(longest(partition, region.id()));
        everything.put("AWS::Partition", partition);
        everything.put("AWS::Region", region.id());
        everything.put("AWS::AccountId", ACCOUNT);
        for (String choice : List.of("ServiceLinked", "ReadConnect", "OtherAccounts", "Fifo")) {
            everything.put(choice, "true");
        }
        return everything;
    }

    private static List<String> choices(JsonNode parameter, String longest) {
        if (parameter.has("AllowedValues")) {
            return List.of("true", "false");
        }
        String standard = parameter.path("Default").asText();
        return standard.isEmpty() || standard.equals("none") ? List.of(longest, standard) : List.of(longest);
    }
}
