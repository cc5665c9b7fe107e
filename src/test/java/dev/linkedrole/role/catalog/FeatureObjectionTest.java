package dev.linkedrole.role.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources that a feature rejects for an instance, and the messages for them. */
class FeatureObjectionTest {

    static final List<String> RECORDINGS_TAKES = List.of(
            "arn:aws:s3:::acme",
            "arn:aws:s3:::acme-recordings.example.com",
            "arn:aws:s3:::acme/calls",
            "arn:aws:s3:::acme/calls/2026/Q4",
            "arn:aws:s3:::acme/with space/$5/{x}/\"quoted\"",
            "arn:aws:s3:::" + "b".repeat(63),
            "arn:aws:s3:::acme/" + "p".repeat(1_024));

    @ParameterizedTest
    @FieldSource("RECORDINGS_TAKES")
    void a_bucket_or_a_prefix_is_taken(String resource) {
        assertThat(objection("call-recordings", resource)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "arn:aws:s3:::*",
                "arn:aws:s3:::acme*",
                "arn:aws:s3:::acme/*",
                "arn:aws:s3:::acme/calls/*",
                "arn:aws:s3:::acme/ca?ls",
                "arn:aws:s3:::?cme",
                "arn:*:s3:::acme",
                "arn:aws:*:::acme",
                "*:aws:s3:::acme",
                "arn:aws:s3:::acme/${aws:userid}",
                "arn:aws:s3:::${aws:userid}",
                "arn:aws:s3:::acme/${",
                "arn:aws:s3:::acme/${*}"
            })
    void a_wildcard_or_a_policy_variable_anywhere_is_rejected(String resource) {
        assertRejected(Reason.WILDCARD, objection("call-recordings", resource));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "acme",
                "arn",
                "arn:aws:s3:::",
                "arn:aws:s3:::acme/",
                "arn:aws:s3:::acme/calls/",
                "arn:aws:s3:::acme//calls",
                "arn:aws:s3:::acme/calls//2026",
                "arn:aws:s3:::Acme",
                "arn:aws:s3:::a",
                "arn:aws:s3:::-acme",
                "arn:aws:s3:::acme:calls",
                "arn:aws:s3:us-west-2::acme",
                "arn:aws:s3::111122223333:acme",
                "arn:aws:s3:us-west-2:111122223333:accesspoint/acme",
                "arn::s3:::acme",
                "aws:s3:::acme",
                "ARN:aws:s3:::acme",
                " arn:aws:s3:::acme",
                "arn:aws:s3:::acme ",
                "arn:aws:s3:::acme\n",
                "arn:aws:s3:::ac me",
                "arn:aws:s3:::acme/calls\n",
                "arn:aws:s3:::acme/ca\tlls",
                "arn:aws:s3:::acme/ca\u0000lls",
                "arn:aws:s3:::acme/ca\u007flls",
                "arn:aws:s3:::acme/ca\u0085lls",
                "arn:aws:s3:::acme/caf\u00e9",
                "arn:aws:s3:::acm\u0435",
                "arn:aws:s3:::acme/\ud83d\ude00",
                "arn:aws:s3:::acme/\u202ecalls",
                "arn:aws:kinesis:us-west-2:111122223333:stream/acme",
                "https://acme.s3.amazonaws.com/calls"
            })
    void what_is_no_arn_of_the_feature_s_kinds_is_rejected(String resource) {
        assertRejected(Reason.WRONG_RESOURCE_KIND, objection("call-recordings", resource));
    }

    @ParameterizedTest
    @CsvSource({
        "contact-records, arn:aws:kinesis:us-west-2:111122223333:stream/",
        "contact-records, arn:aws:kinesis:us-west-2:111122223333:stream/a/b",
        "contact-records, arn:aws:kinesis:us-west-2:111122223333:stream/a:b",
        "contact-records, arn:aws:kinesis::111122223333:stream/a",
        "contact-records, arn:aws:kinesis:us-west-2::stream/a",
        "contact-records, arn:aws:s3:::acme",
        "lex-bots, arn:aws:lex:us-west-2:111122223333:bot:Acme:live:more",
        "lex-bots, arn:aws:lex:us-west-2:111122223333:bot:Acme:",
        "lex-bots, arn:aws:lex:us-west-2:111122223333:bot-alias/A/B",
        "contact-flow-logs, arn:aws:logs:us-west-2:111122223333:log-group:acme:log-stream:one",
        "contact-flow-logs, arn:aws:logs:us-west-2:111122223333:log-group:",
        "customer-profiles, arn:aws:profile:us-west-2:111122223333:domains/acme/object-types/one",
        "voice-id, arn:aws:voiceid:us-west-2:111122223333:domain/",
        "outbound-campaigns, arn:aws:connect-campaigns:us-west-2:111122223333:campaign/a/b"
    })
    void parts_too_many_or_too_few_are_rejected(String feature, String resource) {
        assertRejected(Reason.WRONG_RESOURCE_KIND, objection(feature, resource));
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER_PARTITION, call-recordings, arn:aws-cn:s3:::acme",
        "OTHER_PARTITION, call-recordings, arn:aws-us-gov:s3:::acme/calls",
        "OTHER_PARTITION, agent-events, arn:aws-cn:kinesis:cn-north-1:111122223333:stream/a",
        "OTHER_ACCOUNT, agent-events, arn:aws:kinesis:us-west-2:999999999999:stream/a",
        "OTHER_ACCOUNT, lex-bots, arn:aws:lex:us-west-2:1111222233334:bot:Acme",
        "OTHER_ACCOUNT, voice-id, arn:aws:voiceid:eu-west-2:999999999999:domain/a",
        "OTHER_REGION, agent-events, arn:aws:firehose:us-west-1:111122223333:deliverystream/a",
        "OTHER_REGION, contact-flow-logs, arn:aws:logs:US-WEST-2:111122223333:log-group:a",
        "OTHER_REGION, customer-profiles, arn:aws:profile:us-west-22:111122223333:domains/a",
        "OTHER_REGION, outbound-campaigns, arn:aws:connect-campaigns:eu-west-2:111122223333:campaign/a"
    })
    void a_resource_away_from_its_instance_is_rejected(Reason reason, String feature, String resource) {
        assertRejected(reason, objection(feature, resource));
    }

    @Test
    void a_resource_beside_an_instance_of_another_partition_is_taken() {
        // Given an instance in China
        InstanceArn instance = InstanceArn.parse(
                "arn:aws-cn:connect:cn-north-1:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");
        Feature feature = feature("call-recordings");

        // Then buckets there are taken, and others not
        assertThat(feature.objection("arn:aws-cn:s3:::acme", instance)).isEmpty();
        assertRejected(Reason.OTHER_PARTITION, feature.objection("arn:aws:s3:::acme", instance));
    }

    @ParameterizedTest
    @ValueSource(ints = {2_049, 10_000, 1_048_576})
    void a_very_long_resource_is_rejected_in_few_words(int length) {
        // Given many segments, which a pattern could be made to recurse over
        String prefix = "arn:aws:s3:::acme/a" + "/a".repeat(length / 2);

        // Then the answer is short, whatever else is wrong with it
        assertRejected(Reason.WRONG_RESOURCE_KIND, objection("call-recordings", prefix));
        assertRejected(Reason.WRONG_RESOURCE_KIND, objection("call-recordings", prefix + "*"));
        assertRejected(Reason.WRONG_RESOURCE_KIND, objection("agent-events", prefix));
    }

    @Test
    void the_longest_resource_there_can_be_is_read_on_a_small_stack() throws InterruptedException {
        // Given as many segments as fit, and a thread with little room
        String prefix = "arn:aws:s3:::acme/a" + "/a".repeat((InstanceArn.MAX_LENGTH - 19) / 2);
        List<Optional<Rejection>> answers = new CopyOnWriteArrayList<>();
        Thread small =
                new Thread(null, () -> answers.add(objection("call-recordings", prefix)), "small stack", 160 * 1_024);

        // When
        small.start();
        small.join();

        // Then
        assertThat(answers).containsExactly(Optional.empty());
    }

    @Test
    void a_feature_that_takes_no_resources_says_so() {
        // Given a feature of some other catalog
        Feature feature = new Feature("beacon", Offering.EVERYWHERE, Optional.of(List.of()), List.of());

        // Then
        assertThat(feature.objection("arn:aws:s3:::acme", Events.INSTANCE))
                .contains(new Rejection(
                        Reason.WRONG_RESOURCE_KIND,
                        "must be of a kind that the feature beacon takes: none, not 'arn:aws:s3:::acme'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "arn:aws:s3:::acme/*|data.resources[0] must name one resource, without wildcards or policy variables (*, ?, ${), "
                        + "not 'arn:aws:s3:::acme/*'",
                "acme|data.resources[0] must be of a kind that the feature contact-flow-logs takes: CloudWatch Logs log group "
                        + "(arn:{partition}:logs:{region}:{account}:log-group:{group}), not 'acme'",
                "arn:aws:logs:us-west-1:111122223333:log-group:a|data.resources[0] must be in the instance's region "
                        + "us-west-2, not in 'us-west-1' like 'arn:aws:logs:us-west-1:111122223333:log-group:a'"
            })
    void the_detail_is_a_sentence_after_the_name_of_the_field(String resource, String sentence) {
        Rejection rejection = objection("contact-flow-logs", resource).orElseThrow();

        assertThat(rejection.of("data.resources[0]").detail()).isEqualTo(sentence);
    }

    @Property
    void whatever_is_sent_is_taken_or_rejected_in_one_printable_line(@ForAll String resource) {
        BuiltIn.CATALOG
                .features()
                .values()
                .forEach(feature -> feature.objection(resource, Events.INSTANCE)
                        .ifPresent(rejection -> assertThat(rejection.detail()).matches("must [ -~]{1,600}")));
    }

    @Property
    void what_is_taken_can_be_granted(@ForAll String suffix) {
        // Given anything behind a bucket that is not objected to
        String resource = "arn:aws:s3:::acme/" + suffix;
        boolean taken = objection("call-recordings", resource).isEmpty();

        // When it is compiled all the same
        DesiredRole.Present desired =
                BuiltIn.COMPILER.compileAnnounced(LinkedRole.of(Events.enabled(0, "call-recordings", resource)));

        // Then it is granted if it was taken, and left out if not
        assertThat(desired.notInCatalog().isEmpty()).isEqualTo(taken);
    }

    @Test
    void the_longest_arn_is_still_looked_into() {
        String longest = "arn:aws:s3:::" + "b".repeat(InstanceArn.MAX_LENGTH - "arn:aws:s3:::".length());

        assertThat(objection("call-recordings", longest))
                .hasValueSatisfying(rejection -> assertThat(rejection.detail()).startsWith("must be of a kind"));
        assertThat(objection("call-recordings", longest + "b"))
                .hasValueSatisfying(rejection ->
                        assertThat(rejection.detail()).startsWith("must be an ARN, which has at most 2048"));
    }

    private static Optional<Rejection> objection(String feature, String resource) {
        return feature(feature).objection(resource, Events.INSTANCE);
    }

    private static Feature feature(String name) {
        return BuiltIn.CATALOG.feature(name).orElseThrow();
    }

    private static void assertRejected(Reason reason, Optional<Rejection> objection) {
        assertThat(objection).map(Rejection::reason).contains(reason);
        assertThat(objection).map(Rejection::detail).get().asString().matches("must [ -~]{1,600}");
    }
}
