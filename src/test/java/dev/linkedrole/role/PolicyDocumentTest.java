package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** One spelling for each meaning, whatever way IAM or an operator has written a policy. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(CollidingEvents.class)
@Domain(DomainContext.Global.class)
class PolicyDocumentTest {

    private static final String READ = statement("Allow", "s3:GetObject", "arn:aws:s3:::acme/*");

    @Property
    void another_spelling_of_a_compiled_policy_comes_back_as_it_was_compiled(
            @ForAll LinkedRole role, @ForAll Random random) throws JsonProcessingException {
        // Given a policy as it was compiled
        String compiled = BuiltIn.permissions(role);

        // When somebody writes it differently
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
