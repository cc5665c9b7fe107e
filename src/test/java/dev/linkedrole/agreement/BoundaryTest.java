package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.agreement.Evaluator.Answer;
import dev.linkedrole.agreement.Evaluator.Question;
import dev.linkedrole.agreement.Request.Kind;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.BoundaryPolicy;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.GrantTable;
import dev.linkedrole.testing.iam.Permission;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The public evaluator finds that a catalog's boundary allows every permission of its roles, and no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundaryTest {

    private static final String BOUNDARY = " by its boundary";

    /** Requests that no role of either catalog may make. */
    private static final List<Request> OUTSIDE = Stream.of(
                    "iam:CreateUser on arn:aws:iam::111122223333:user/somebody",
                    "iam:PutRolePolicy on arn:aws:iam::111122223333:role/admin",
                    "iam:PassRole on arn:aws:iam::111122223333:role/admin",
                    "sts:AssumeRole on arn:aws:iam::111122223333:role/admin",
                    "s3:DeleteBucket on arn:aws:s3:::acme",
                    "s3:PutBucketPolicy on arn:aws:s3:::acme",
                    "s3:ListAllMyBuckets on *",
                    "lambda:InvokeFunction on arn:aws:lambda:us-west-2:111122223333:function:f",
                    "logs:DeleteLogGroup on arn:aws:logs:us-west-2:111122223333:log-group:g",
                    "profile:DeleteDomain on arn:aws:profile:us-west-2:111122223333:domains/amazon-connect-acme")
            .map(request -> request.split(" on "))
            .map(parts -> asked(parts[0], parts[1]))
            .toList();

    private Map<String, List<Answer>> answers = Map.of();

    /** Returns a role without features, and roles with all. */
    private static List<AgreementTest.Case> cases() {
        return GrantTable.all().stream()
                .flatMap(AgreementTest.Case::of)
                .filter(role -> role.rows().isEmpty() || role.rows().size() > 1)
                .toList();
    }

    @BeforeAll
    void ask() {
        Stream<Question> questions = cases().stream()
                .flatMap(role -> Stream.of(
                        question(role.name(), role.question(), grantedTo(role)),
                        new Question(
                                role.name() + BOUNDARY,
                                Instance.ACCOUNT,
                                List.of(Permission.parse(boundary(role.table()).json())),
                                grantedTo(role))));
        Stream<Question> outside = GrantTable.all().stream()
                .map(table -> new Question(
                        table + BOUNDARY,
                        Instance.ACCOUNT,
                        List.of(Permission.parse(boundary(table).json())),
                        OUTSIDE));
        answers = Evaluator.answers(
                        Path.of("target", "boundary"),
                        Stream.concat(questions, outside).toList())
                .stream()
                .collect(Collectors.groupingBy(Answer::role));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void what_a_role_may_do_its_boundary_allows(AgreementTest.Case role) {
        Set<Request> allowed = allowed(role.name());

        assertThat(allowed).isNotEmpty();
        assertThat(allowed(role.name() + BOUNDARY)).containsAll(allowed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void elsewhere_and_to_another_end_it_allows_nothing(AgreementTest.Case role) {
        assertThat(answers.getOrDefault(role.name() + BOUNDARY, List.of()))
                .filteredOn(answer -> !answer.resource().equals("*"))
                .filteredOn(answer -> Set.of(Kind.ANOTHER_PARTITION, Kind.ANOTHER_ACCOUNT, Kind.WITHOUT_CONDITION)
                        .contains(answer.kind()))
                .filteredOn(Answer::allowed)
                .isEmpty();
    }

    @Test
    void what_no_role_is_for_is_outside() {
        for (GrantTable table : GrantTable.all()) {
            assertThat(answers.getOrDefault(table + BOUNDARY, List.of()))
                    .hasSameSizeAs(OUTSIDE)
                    .filteredOn(Answer::allowed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"moon, 111122223333", "aws, 1111", "aws, ''", "'*', '*'"})
    void a_partition_or_account_that_is_none_is_rejected(String partition, String account) {
        assertThatThrownBy(() -> BoundaryPolicy.of(CatalogFile.load("amazon-connect"), partition, account))
                .isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"amazon-connect", "amazon-connect-2026", "docs/catalogs/lighthouse.yaml"})
    void it_fits_into_a_managed_policy_in_every_partition(String catalog) {
        for (String partition : List.of("aws", "aws-cn", "aws-us-gov", "aws-iso-b")) {
            for (String account : List.of("111122223333", BoundaryPolicy.ANY_ACCOUNT)) {
                assertThat(BoundaryPolicy.of(CatalogFile.load(catalog), partition, account)
                                .json())
                        .hasSizeLessThanOrEqualTo(BoundaryPolicy.MAX_LENGTH)
                        .doesNotContain("{partition}", "{account}");
            }
        }
    }

    private Set<Request> allowed(String name) {
        return answers.getOrDefault(name, List.of()).stream()
                .filter(Answer::allowed)
                .map(Answer::request)
                .collect(Collectors.toSet());
    }

    private static List<Request> grantedTo(AgreementTest.Case role) {
        return role.requests().stream()
                .filter(request -> request.kind() != Kind.ANOTHER_ACTION)
                .toList();
    }

    private static Question question(String name, Question role, List<Request> requests) {
        return new Question(name, role.account(), role.policies(), requests);
    }

    private static BoundaryPolicy boundary(GrantTable table) {
        return BoundaryPolicy.of(CatalogFile.load(table.catalog()), table.partition(), Instance.ACCOUNT);
    }

    private static Request asked(String action, String resource) {
        return new Request(Kind.ANOTHER_ACTION, action, resource, new TreeMap<>());
    }
}
