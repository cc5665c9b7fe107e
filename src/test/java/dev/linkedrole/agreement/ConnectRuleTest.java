package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.ApiCallEvent.Form;
import dev.linkedrole.testing.ApiCallEvent.Spelling;
import dev.linkedrole.testing.GoldenApiCall;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.Commands;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.Ruler;

/** The rule of {@code deploy/connect.yaml} matches what the catalogs have rules on, as EventBridge's own matching has it. */
class ConnectRuleTest {

    private static final Path FILE = Path.of("deploy", "connect.yaml");
    private static final String QUEUE = "arn:aws:sqs:us-west-2:111122223333:linked-role-feature-enabled";
    private static final String QUEUE_ELSEWHERE = "arn:aws:sqs:us-west-2:444455556666:linked-role-feature-enabled";
    private static final String BUS = "arn:aws:events:eu-west-1:111122223333:event-bus/linked-role-connect";
    private static final String KEY = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final JsonNode PATTERN = rule(Map.of()).path("EventPattern");

    private final Instance instance = Instance.random();

    @Test
    void a_public_linter_finds_no_fault_in_the_template() {
        Commands.run(List.of("src/test/cfn-lint/lint", FILE.toString()), Map.of());
    }

    @Test
    void the_rule_and_the_catalogs_name_the_same_calls() {
        List<ApiCalls> catalogs = Stream.of("amazon-connect", "amazon-connect-2026")
                .map(name -> CatalogFile.load(name).apiCalls().orElseThrow())
                .toList();

        assertThat(texts(PATTERN.at("/detail/eventName")))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(catalogs.stream()
                        .flatMap(calls -> calls.rules().stream())
                        .flatMap(rule -> rule.calls().stream())
                        .collect(Collectors.toSet()));
        assertThat(catalogs)
                .allSatisfy(calls ->
                        assertThat(texts(PATTERN.at("/detail/eventSource"))).containsExactly(calls.eventSource()));
    }

    @Test
    void a_call_matches_in_every_form_if_a_rule_is_about_it() throws Exception {
        Set<String> matched = new TreeSet<>();
        for (GoldenApiCall golden : GoldenApiCall.all()) {
            for (Form form : Form.values()) {
                for (Spelling spelling : Spelling.values()) {
                    ObjectNode event = ApiCallEvent.of(
                            instance, form, spelling, golden.call(), golden.request(), golden.response());
                    boolean named = texts(PATTERN.at("/detail/eventName")).contains(golden.call());
                    assertThat(matches(event)).as(event.toString()).isEqualTo(named);
                    if (!golden.becomes().getFirst().equals("ignored")) {
                        assertThat(named).as(golden.call()).isTrue();
                        matched.add(golden.call());
                    }
                }
            }
        }
        assertThat(matched).containsExactlyInAnyOrderElementsOf(texts(PATTERN.at("/detail/eventName")));
    }

    record Change(String what, Consumer<ObjectNode> change, boolean matches) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("as it is", event -> {}, true),
                new Change("read-only unknown", event -> detail(event).remove("readOnly"), true),
                new Change("read-only", event -> detail(event).put("readOnly", true), false),
                new Change("failed", event -> detail(event).put("errorCode", "AccessDenied"), false),
                new Change("another call", event -> detail(event).put("eventName", "CreateUser"), false),
                new Change("another service", event -> detail(event).put("eventSource", "cases.amazonaws.com"), false),
                new Change("another source", event -> event.put("source", "acme.connect"), false),
                new Change("an event of Connect's own", event -> event.put("detail-type", "Contact Event"), false));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void neither_failures_nor_reads_nor_others_match(Change change) throws Exception {
        ObjectNode event = ApiCallEvent.of(instance, "DeleteInstance", "{\"InstanceId\": \"INSTANCE\"}", "null");
        change.change().accept(event);

        assertThat(matches(event)).isEqualTo(change.matches());
    }

    @Test
    void a_queue_of_the_account_needs_no_role_and_all_else_does() {
        // A queue here
        assertThat(target(rule(Map.of())).has("RoleArn")).isFalse();
        assertThat(target(rule(Map.of())).path("Arn").asText()).isEqualTo(QUEUE);
        assertThat(template(Map.of()).resources("AWS::IAM::Role")).isEmpty();

        // A queue elsewhere
        Template elsewhere = template(Map.of("Target", QUEUE_ELSEWHERE, "Prefix", "blue-"));
        assertThat(target(elsewhere.properties("Rule")).path("RoleArn").asText())
                .isEqualTo("SendingRole.Arn");
        assertThat(role(elsewhere).path("RoleName").asText()).isEqualTo("blue-linked-role-connect-us-west-2");
        assertThat(sending(elsewhere)).isEqualTo("sqs:SendMessage " + QUEUE_ELSEWHERE);

        // A bus
        Template toBus = template(Map.of("Target", BUS));
        assertThat(target(toBus.properties("Rule")).path("RoleArn").asText()).isEqualTo("SendingRole.Arn");
        assertThat(sending(toBus)).isEqualTo("events:PutEvents " + BUS);
    }

    @Test
    void the_role_is_for_its_rule_and_uses_the_key_of_a_queue_alone() {
        Template template = template(Map.of("Target", QUEUE_ELSEWHERE, "QueueKmsKey", KEY));

        assertThat(template.trust("SendingRole").at("/Statement/0/Condition").toString())
                .isEqualTo(
                        "{\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"},\"ArnEquals\":{\"aws:SourceArn\":"
                                + "\"arn:aws:events:us-west-2:111122223333:rule/linked-role-connect\"}}");
        assertThat(role(template)
                        .at("/Policies/0/PolicyDocument/Statement/1/Resource")
                        .asText())
                .isEqualTo(KEY);
        assertThat(role(template(Map.of("Target", QUEUE_ELSEWHERE))).at("/Policies/0/PolicyDocument/Statement"))
                .hasSize(1);
    }

    @Test
    void the_longest_name_of_a_role_fits() {
        Template template = template(Map.of("Target", BUS, "Prefix", "p".repeat(30), "AWS::Region", "ap-southeast-1"));

        assertThat(role(template).path("RoleName").asText()).hasSize(64);
    }

    @Test
    void a_bus_of_its_own_has_the_rule_and_lets_the_named_ones_in() {
        Template template = template(Map.of(
                "Bus", "linked-role-connect", "Accounts", "444455556666,777788889999", "Organization", "o-abcdefghij"));

        assertThat(template.properties("CentralBus").path("Name").asText()).isEqualTo("linked-role-connect");
        assertThat(template.properties("Rule").path("EventBusName").asText()).isEqualTo("CentralBus");
        assertThat(texts(template.properties("AccountsSend").at("/Statement/Principal/AWS")))
                .containsExactly("444455556666", "777788889999");
        assertThat(template.properties("OrganizationSends")
                        .at("/Statement/Condition/StringEquals/aws:PrincipalOrgID")
                        .asText())
                .isEqualTo("o-abcdefghij");
        assertThat(template(Map.of("Bus", "linked-role-connect")).resources("AWS::Events::EventBusPolicy"))
                .isEmpty();
        assertThat(template(Map.of("Accounts", "444455556666")).resources("AWS::Events::EventBusPolicy"))
                .isEmpty();
    }

    @Test
    void a_stack_of_each_kind_fits_beside_the_other() {
        for (String name : List.of("/QueueName", "/AlarmName")) {
            String resource = name.equals("/QueueName") ? "Undelivered" : "NotDelivered";
            assertThat(template(Map.of("Bus", "b"))
                            .properties(resource)
                            .at(name)
                            .asText())
                    .isNotEqualTo(
                            template(Map.of()).properties(resource).at(name).asText());
        }
    }

    @Test
    void what_is_not_delivered_is_kept_encrypted_and_heard_of() {
        Template template = template(Map.of("KmsKey", KEY, "AlarmTopic", "arn:aws:sns:us-west-2:111122223333:on-call"));

        assertThat(target(template.properties("Rule"))
                        .at("/DeadLetterConfig/Arn")
                        .asText())
                .isEqualTo("Undelivered.Arn");
        assertThat(template.properties("Undelivered").path("KmsMasterKeyId").asText())
                .isEqualTo(KEY);
        assertThat(template.properties("NotDelivered").path("AlarmActions")).hasSize(1);
        assertThat(template(Map.of()).properties("Undelivered").has("KmsMasterKeyId"))
                .isFalse();
    }

    private static boolean matches(ObjectNode event) throws Exception {
        return Ruler.matchesRule(event.toString(), PATTERN.toString());
    }

    private static Template template(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(Map.of("Target", QUEUE));
        all.putAll(parameters);
        return new Template(FILE, all);
    }

    private static JsonNode rule(Map<String, String> parameters) {
        return template(parameters).properties("Rule");
    }

    private static JsonNode target(JsonNode rule) {
        assertThat(rule.path("Targets")).hasSize(1);
        return rule.at("/Targets/0");
    }

    private static JsonNode role(Template template) {
        return template.properties("SendingRole");
    }

    private static String sending(Template template) {
        JsonNode statement = role(template).at("/Policies/0/PolicyDocument/Statement/0");
        return statement.path("Action").asText() + " "
                + statement.path("Resource").asText();
    }

    private static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.get("detail");
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
