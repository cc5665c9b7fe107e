package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static software.amazon.awssdk.policybuilder.iam.IamEffect.ALLOW;
import static software.amazon.awssdk.policybuilder.iam.IamEffect.DENY;

import dev.linkedrole.role.catalog.ArnTemplate;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.Offering;
import dev.linkedrole.role.catalog.ResourceKind;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** The boundary of a small catalog, statement by statement. */
class BoundaryPolicyTest {

    private static final String ACCOUNT = "111122223333";
    private static final String BUCKET = "arn:{partition}:s3:::{name}/*";

    @Test
    void names_that_only_an_instance_or_an_event_fills_in_are_wildcards() {
        StatementTemplate keys =
                statement("Keys", ALLOW, "kms:Decrypt", "arn:{partition}:kms:{region}:{account}:key/{name}");
        FeatureCatalog catalog = catalog(List.of(), keys);

        assertThat(BoundaryPolicy.of(catalog, "aws-cn", ACCOUNT))
                .isEqualTo(boundary("'Allow','Action':'kms:Decrypt','Resource':'arn:aws-cn:kms:*:111122223333:key/*'"));
        assertThat(BoundaryPolicy.of(catalog, "aws", BoundaryPolicy.ANY_ACCOUNT))
                .isEqualTo(boundary("'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:*:*:key/*'"));
    }

    @Test
    void the_base_and_every_feature_are_allowed() {
        assertThat(of(
                        List.of(statement("Base", ALLOW, "a:Do", "arn:a")),
                        statement("One", ALLOW, "b:Do", "arn:b"),
                        statement("Two", ALLOW, "c:Do", "arn:c")))
                .isEqualTo(boundary(
                        "'Allow','Action':'a:Do','Resource':'arn:a'",
                        "'Allow','Action':'b:Do','Resource':'arn:b'",
                        "'Allow','Action':'c:Do','Resource':'arn:c'"));
    }

    @Test
    void what_every_role_is_denied_is_denied_and_what_a_feature_denies_is_not() {
        assertThat(of(
                        List.of(statement("Never", DENY, "a:Drop", "*"), statement("Base", ALLOW, "a:*", "*")),
                        statement("NotHere", DENY, "a:Write", "*")))
                .isEqualTo(
                        boundary("'Allow','Action':'a:*','Resource':'*'", "'Deny','Action':'a:Drop','Resource':'*'"));
    }

    @Test
    void actions_on_the_same_resources_are_in_one_statement() {
        assertThat(of(
                        List.of(),
                        statement("Write", ALLOW, "s3:PutObject", BUCKET),
                        statement("Read", ALLOW, "s3:GetObject", BUCKET),
                        statement("List", ALLOW, "s3:ListBucket", "arn:{partition}:s3:::{name}")))
                .isEqualTo(boundary(
                        "'Allow','Action':['s3:GetObject','s3:PutObject'],'Resource':'arn:aws:s3:::*/*'",
                        "'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::*'"));
    }

    @Test
    void the_same_actions_on_several_resources_are_in_one_statement() {
        assertThat(of(
                        List.of(statement("Base", ALLOW, "a:Do", "arn:y", "arn:x")),
                        statement("Base", ALLOW, "a:Do", "arn:z")))
                .isEqualTo(boundary("'Allow','Action':'a:Do','Resource':['arn:x','arn:y','arn:z']"));
    }

    @Test
    void a_resource_that_another_one_covers_is_left_out() {
        assertThat(of(
                        List.of(statement("Base", ALLOW, "a:Do", "arn:x/one", "arn:y")),
                        statement("Base", ALLOW, "a:Do", "arn:x/{name}")))
                .isEqualTo(boundary("'Allow','Action':'a:Do','Resource':['arn:x/*','arn:y']"));
    }

    @Test
    void a_condition_stays_and_keeps_its_statement_apart() {
        // Given
        SortedMap<String, SortedMap<String, String>> byDay =
                new TreeMap<>(Map.of("StringEquals", new TreeMap<>(Map.of("aws:when", "day"))));
        StatementTemplate bound =
                new StatementTemplate("ByDay", ALLOW, List.of("a:Write"), List.of(new ArnTemplate("arn:a")), byDay);

        // Then
        assertThat(of(List.of(bound), statement("Read", ALLOW, "a:Read", "arn:a")))
                .isEqualTo(
                        boundary(
                                "'Allow','Action':'a:Read','Resource':'arn:a'",
                                "'Allow','Action':'a:Write','Resource':'arn:a','Condition':{'StringEquals':{'aws:when':'day'}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "moon, 111122223333, a partition",
        "aws-, 111122223333, a partition",
        "*, *, a partition",
        "aws, 1111, an account",
        "aws, '', an account"
    })
    void a_partition_or_account_that_is_none_is_rejected(String partition, String account, String said) {
        FeatureCatalog catalog = catalog(List.of(statement("Base", ALLOW, "a:Do", "*")));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> BoundaryPolicy.of(catalog, partition, account))
                .withMessageContaining(said);
    }

    @Test
    void a_boundary_has_as_many_characters_as_iam_takes_and_no_more() {
        // Given
        int room = BoundaryPolicy.MAX_LENGTH - ofResource("").json().length();

        // Then
        assertThat(ofResource("x".repeat(room)).json()).hasSize(BoundaryPolicy.MAX_LENGTH);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> ofResource("x".repeat(room + 1)))
                .withMessageContaining("catalog small")
                .withMessageContaining("6145")
                .withMessageContaining("6144");
    }

    private static BoundaryPolicy ofResource(String end) {
        return of(List.of(statement("Base", ALLOW, "a:Do", "arn:" + end)));
    }

    /** The boundary of a catalog in which each statement is granted by a feature of its own, on what has a name. */
    private static BoundaryPolicy of(List<StatementTemplate> base, StatementTemplate... features) {
        return BoundaryPolicy.of(catalog(base, features), "aws", ACCOUNT);
    }

    private static FeatureCatalog catalog(List<StatementTemplate> base, StatementTemplate... features) {
        SortedMap<String, Feature> all = new TreeMap<>();
        for (StatementTemplate statement : features) {
            ResourceKind kind =
                    ResourceKind.of("thing", new ArnTemplate("arn:thing:{name}"), Map.of(), List.of(statement));
            String name = "on-" + statement.sid();
            all.put(name, new Feature(name, Offering.EVERYWHERE, Optional.empty(), List.of(kind)));
        }
        return new FeatureCatalog("small", "a", "a.amazonaws.com", "P_", "", base, all, Optional.empty());
    }

    private static StatementTemplate statement(String sid, IamEffect effect, String action, String... resources) {
        return new StatementTemplate(
                sid,
                effect,
                List.of(action),
                Stream.of(resources).map(ArnTemplate::new).toList(),
                new TreeMap<>());
    }

    /** The boundary with these statements, each from its effect on, in single quotes. */
    private static BoundaryPolicy boundary(String... statements) {
        String written = String.join("},{'Effect':", statements);
        return new BoundaryPolicy(PolicyDocument.canonical(
                ("{'Version':'2012-10-17','Statement':[{'Effect':" + written + "}]}").replace('\'', '"')));
    }
}
