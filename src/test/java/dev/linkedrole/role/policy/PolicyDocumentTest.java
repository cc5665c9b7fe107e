package dev.linkedrole.role.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.model.ConflictingEvents;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.Scrambled;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** One spelling for each meaning, however IAM or an operator has written a policy. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class PolicyDocumentTest {

    private static final String READ = statement("Allow", "s3:GetObject", "arn:aws:s3:::acme/*");

    @Property
    void another_spelling_of_a_compiled_policy_comes_back_as_it_was_compiled(
            @ForAll LinkedRole role, @ForAll Random random) throws JsonProcessingException {
        // Given a policy as it was compiled
        String compiled = BuiltIn.permissions(role);

        // When it is written differently
        String scrambled = new Scrambled(random).of(compiled);

        // Then it is recognised
        assertThat(PolicyDocument.canonical(scrambled)).isEqualTo(compiled);
    }

    @Property
    void another_spelling_of_the_trust_policy_comes_back_as_it_was_compiled(
            @ForAll LinkedRole role, @ForAll Random random) throws JsonProcessingException {
        String trust = BuiltIn.COMPILER.compileAnnounced(role).trustPolicy();

        assertThat(PolicyDocument.canonical(trust)).isEqualTo(trust);
        assertThat(PolicyDocument.canonical(new Scrambled(random).of(trust))).isEqualTo(trust);
    }

    @Property
    void bringing_any_text_to_its_canonical_spelling_twice_changes_nothing(@ForAll String anything) {
        String once = PolicyDocument.canonical(anything);

        assertThat(PolicyDocument.canonical(once)).isEqualTo(once);
    }

    @Property
    void a_single_statement_is_written_in_a_list(@ForAll LinkedRole role) {
        // Given the trust policy, and a policy of one statement
        DesiredRole.Present desired = BuiltIn.COMPILER.compileAnnounced(role);
        String one = Statements.policy(desired.entries().subList(0, 1));

        // Then
        assertThat(desired.trustPolicy()).contains("\"Statement\":[{").endsWith("}]}");
        assertThat(one).contains("\"Statement\":[{").endsWith("}]}");
    }

    @Property
    void digests_of_policies_in_older_ledgers_equal_those_of_today(@ForAll LinkedRole role) {
        // Given a role as it was written when one statement was no list, and what was recorded of it
        DesiredRole.Present desired = BuiltIn.COMPILER.compileAnnounced(role);
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                + "\"Principal\":{\"Service\":\"connect.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}";
        String one = Statements.policy(desired.entries().subList(0, 1));
        String oneBefore = one.replace("\"Statement\":[", "\"Statement\":").replace("}]}", "}}");

        // Then it is recorded as it should be, and is found to be so
        assertThat(desired.fingerprint().digests()).containsEntry(new RoleComponent.Trust(), Digest.of(trust));
        assertThat(PolicyDocument.digest(trust)).isEqualTo(Digest.of(trust));
        assertThat(PolicyDocument.digest(one)).isEqualTo(Digest.of(oneBefore));
        assertThat(PolicyDocument.digest(oneBefore)).isEqualTo(Digest.of(oneBefore));
        desired.packing()
                .documents()
                .forEach((slot, json) -> assertThat(PolicyDocument.digest(json))
                        .isEqualTo(Digest.of(IamPolicy.fromJson(json).toJson())));
    }

    @Example
    void what_means_something_else_is_spelled_differently() {
        // Given a policy, then others that differ in effect, action, resource, element, condition or number of
        // statements
        String canonical = PolicyDocument.canonical(policy(READ));

        // Then none of them is taken for it
        assertThat(policy(statement("Deny", "s3:GetObject", "arn:aws:s3:::acme/*")))
                .satisfies(other -> differs(other, canonical));
        assertThat(policy(statement("Allow", "s3:PutObject", "arn:aws:s3:::acme/*")))
                .satisfies(other -> differs(other, canonical));
        assertThat(policy(statement("Allow", "s3:GetObject", "arn:aws:s3:::acme/a/*")))
                .satisfies(other -> differs(other, canonical));
        assertThat(policy(READ.replace("Action", "NotAction"))).satisfies(other -> differs(other, canonical));
        assertThat(policy(READ.replace("Resource", "NotResource"))).satisfies(other -> differs(other, canonical));
        assertThat(policy(READ.replace("}", ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}")))
                .satisfies(other -> differs(other, canonical));
        assertThat(policy(READ + "," + statement("Allow", "s3:*", "*"))).satisfies(other -> differs(other, canonical));
    }

    @Example
    void what_the_policy_builder_drops_is_a_difference() {
        // Given a policy, and what its reader takes for the same
        String once = policy(READ);

        // Then none is taken for it
        Stream.of(
                        once.replace("\"Version\":\"2012-10-17\",", ""),
                        once.replace("\"Version\"", "\"Id\":\"x\",\"Version\""),
                        once.replace("\"Version\"", "\"Comment\":\"x\",\"Version\""),
                        policy(READ.replace("}", ",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":[]}}}")),
                        policy(READ.replace("}", ",\"Condition\":{\"StringEquals\":{}}}")),
                        policy(READ.replace("}", ",\"Condition\":{}}")),
                        policy(READ.replace("}", ",\"NotAction\":[]}")),
                        policy(READ.replace("}", ",\"resource\":\"*\"}")),
                        policy(READ.replace("}", ",\"Comment\":true}")),
                        policy(READ.replace("}", ",\"Sid\":null}")),
                        policy(READ.replace("}", ",\"Effect\":\"Deny\"}")),
                        once + "{}",
                        once.substring(0, once.length() - 1))
                .forEach(other -> {
                    assertThat(PolicyDocument.canonical(other)).isNotEqualTo(PolicyDocument.canonical(once));
                    assertThat(PolicyDocument.digest(other)).isNotEqualTo(PolicyDocument.digest(once));
                    assertThat(PolicyDocument.lines(other)).isNotEqualTo(PolicyDocument.lines(once));
                });
    }

    @Example
    void what_is_kept_is_kept_as_it_was_written() {
        // Given every kind of value that JSON has, in places where no policy has it
        String odd =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":[1,-0.5e+3,true,false,null,\"a\\u00e9\\n\\/\\\"\"],"
                        + "\"Condition\":{\"b\":[],\"a\":{\"k\":{}}}}],\"Z\":\"\\u0001\\b\\f\\r\\t\\\\\",\"X\":[[],[{}]]}";

        // Then it is only put in order
        assertThat(PolicyDocument.canonical(odd))
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":[1,-0.5e+3,true,false,null,\"a\u00e9\\n/\\\"\"],"
                                + "\"Condition\":{\"a\":{\"k\":{}},\"b\":[]}}],\"X\":[[],[{}]],\"Z\":\"\\u0001\\b\\f\\r\\t\\\\\"}");
    }

    @Example
    void what_readers_of_json_take_in_different_ways_is_no_policy() {
        String frame = policy(READ).replace("}]}", "}],%s}");
        Stream.of(
                        "\"Version\":\"2012-10-17\"",
                        "",
                        "\"a\":1,",
                        "\"a\":01",
                        "\"a\":+1",
                        "\"a\":1.",
                        "\"a\":TRUE",
                        "\"a\":'x'",
                        "\"a\":\"\t\"",
                        "\"a\":\"\\x\"",
                        "\"a\":\"\\u12g4\"",
                        "\"a\":\"x",
                        "\"a\" 1",
                        "a:1",
                        "\"a\":[1,]",
                        "\"a\":[1 2]",
                        "\"a\":" + "[".repeat(100) + "]".repeat(100))
                .map(frame::formatted)
                .forEach(json -> assertThat(PolicyDocument.canonical(json)).isEqualTo(json));
        assertThat(PolicyDocument.canonical("{\"Statement\":[]}")).isEqualTo("{\"Statement\":[]}");
        assertThat(PolicyDocument.canonical("{\"Statement\":[{},1]} ")).isEqualTo("{\"Statement\":[{},1]} ");
    }

    @Example
    void what_is_understood_is_said() {
        assertThat(PolicyDocument.isUnderstood(policy(READ))).isTrue();
        assertThat(PolicyDocument.isUnderstood(policy(READ.replace("}", ",\"Condition\":{}}"))))
                .isFalse();
        assertThat(PolicyDocument.isUnderstood(policy(READ.replace("}", ",\"Comment\":1}"))))
                .isFalse();
        assertThat(PolicyDocument.isUnderstood("[")).isFalse();
    }

    @Example
    void what_is_unusual_beside_the_statements_is_told_in_a_line_of_its_own() {
        assertThat(PolicyDocument.lines(policy(READ).replace("2012-10-17", "2008-10-17")))
                .hasSize(2)
                .first()
                .isEqualTo("policy with {\"Version\":\"2008-10-17\"}");
        assertThat(PolicyDocument.lines(policy(READ).replace("\"Version\":\"2012-10-17\",", "")))
                .first()
                .isEqualTo("policy with {}");
    }

    @Example
    void what_is_no_policy_is_given_back_as_it_is() {
        assertThat(PolicyDocument.canonical("")).isEmpty();
        assertThat(PolicyDocument.canonical("no JSON")).isEqualTo("no JSON");
        assertThat(PolicyDocument.canonical("[ 1 ]")).isEqualTo("[ 1 ]");
        assertThat(PolicyDocument.canonical("{ \"Statement\": 1 }")).isEqualTo("{ \"Statement\": 1 }");
    }

    @Property
    void white_space_does_not_count_towards_the_size(@ForAll LinkedRole role) {
        // Given a policy without any white space
        String compiled = BuiltIn.permissions(role);
        assertThat(PolicyDocument.size(compiled)).isEqualTo(compiled.length());

        // Then indentation makes it no larger
        assertThat(PolicyDocument.size(compiled.replace(",", ",\n\t  ").replace(":{", " :\r\n{")))
                .isEqualTo(compiled.length());
    }

    private static void differs(String policy, String canonical) {
        assertThat(PolicyDocument.canonical(policy)).isNotEqualTo(canonical);
    }

    @Example
    void principals_and_conditions_are_put_in_order() {
        // Given
        String one = """
                {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["b.amazonaws.com","a.amazonaws.com"],"AWS":"111122223333"},
                 "Condition":{"StringLike":{"aws:b":"1"},"StringEquals":{"aws:b":["2","1"],"aws:a":"1"}}}""";
        String other = """
                {"Condition":{"StringEquals":{"aws:a":"1","aws:b":["1","2"]},"StringLike":{"aws:b":"1"}},
                 "Principal":{"AWS":"111122223333","Service":["a.amazonaws.com","b.amazonaws.com"]},"Action":"sts:AssumeRole","Effect":"Allow"}""";

        // Then
        assertThat(PolicyDocument.canonical(policy(one)))
                .isEqualTo(PolicyDocument.canonical(policy(other)))
                .isNotEqualTo(PolicyDocument.canonical(policy(one.replace("a.amazonaws", "c.amazonaws"))));
    }

    @Example
    void exceptions_are_put_in_order_and_once_as_well() {
        // Given
        String one = """
                {"Effect":"Deny","NotAction":["s3:B","s3:A","s3:B"],"NotResource":["arn:b","arn:a"],
                 "NotPrincipal":{"AWS":["222222222222","111111111111"]}}""";
        String other = """
                {"Effect":"Deny","NotAction":["s3:A","s3:B"],"NotResource":["arn:a","arn:b"],
                 "NotPrincipal":{"AWS":["111111111111","222222222222"]}}""";

        // Then
        assertThat(PolicyDocument.canonical(policy(one))).isEqualTo(PolicyDocument.canonical(policy(other)));
    }

    @Example
    void a_statement_with_a_name_is_told_by_its_resources_and_another_one_whole() {
        // Given
        String named = READ.replace("{\"Effect", "{\"Sid\":\"Read\",\"Effect");

        // Then
        assertThat(PolicyDocument.lines(policy(named)))
                .hasSize(2)
                .endsWith("Read: arn:aws:s3:::acme/*")
                .first()
                .asString()
                .contains("s3:GetObject")
                .doesNotContain("acme");
        assertThat(PolicyDocument.lines(policy(READ)))
                .singleElement()
                .asString()
                .contains("s3:GetObject", "arn:aws:s3:::acme/*");
        assertThat(PolicyDocument.lines("[")).containsExactly("[");
    }

    private static String policy(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }
}
