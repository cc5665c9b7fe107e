package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.agreement.Evaluator.Answer;
import dev.linkedrole.agreement.Evaluator.Question;
import dev.linkedrole.agreement.Request.Kind;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.GrantTable;
import dev.linkedrole.testing.iam.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public policy evaluator agrees with the tables on the compiled policies: it allows each action of each row, and
 * rejects every request with another bucket, account, region, partition, prefix, type, action or condition.
 *
 * @see <a href="https://github.com/cloud-copilot/iam-simulate">iam-simulate</a>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementTest {

    /**
     * Grants of a table without effect, with the reason: {@code ListCampaigns} has no resource type, so IAM compares
     * {@code *} and not campaigns; the other two were renamed. The contract, and its sources, list them so.
     *
     * @see
     *     <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_high-volumeoutboundcommunications.html">the
     *     actions of outbound campaigns</a>
     */
    private static final Map<String, String> IN_VAIN = Map.of(
            "amazon-connect connect-campaigns:ListCampaigns", "without resource",
            "amazon-connect connect-campaigns:UpdateDialerConfig", "of no known action",
            "amazon-connect connect-campaigns:UpdateOutboundCallConfig", "of no known action");

    private static final Set<Kind> NEVER_ALLOWED =
            Set.of(Kind.ANOTHER_PARTITION, Kind.ANOTHER_REGION, Kind.ANOTHER_ACCOUNT);

    private Map<String, List<Answer>> answers = Map.of();

    private static List<Case> cases() {
        return GrantTable.all().stream().flatMap(Case::of).toList();
    }

    @BeforeAll
    void ask() {
        answers =
                Evaluator.answers(
                                Path.of("target", "agreement"),
                                cases().stream().map(Case::question).toList())
                        .stream()
                        .collect(Collectors.groupingBy(Answer::role));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_evaluator_allows_what_the_table_allows_and_nothing_else(Case role) {
        // Given the answers to all requests
        List<Answer> given = answersOf(role);
        assertThat(given).hasSizeGreaterThanOrEqualTo(role.requests().size());

        // Then each is what the table says
        assertThat(given)
                .filteredOn(answer -> answer.allowed() != role.permission().allows(answer.request()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void each_permission_of_the_table_is_allowed(Case role) {
        // Given the answers to what is granted, but for what is granted in vain
        List<Answer> granted = answersOf(role).stream()
                .filter(answer -> answer.kind() == Kind.AS_GRANTED)
                .filter(answer -> !IN_VAIN.containsKey(role.table().catalog() + " " + answer.action()))
                .toList();

        // Then all are allowed
        assertThat(granted).isNotEmpty();
        assertThat(granted)
                .filteredOn(answer -> !answer.of().endsWith(":*"))
                .filteredOn(answer -> !answer.allowed())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void nothing_is_allowed_elsewhere(Case role) {
        assertThat(answersOf(role))
                .filteredOn(answer -> NEVER_ALLOWED.contains(answer.kind()))
                .filteredOn(answer -> answer.allowed() && !answer.resource().equals("*"))
                .isEmpty();
    }

    @Test
    void every_way_to_miss_was_tried_and_denied() {
        assertThat(answers.values().stream().flatMap(List::stream).filter(answer -> !answer.allowed()))
                .extracting(Answer::kind)
                .contains(Stream.of(Kind.values())
                        .filter(kind -> kind != Kind.AS_GRANTED)
                        .toArray(Kind[]::new));
    }

    @Test
    void what_is_granted_in_vain_is_known() {
        // Given what is granted on something that IAM does not ask for in such a request
        Map<String, String> inVain = new HashMap<>();
        for (Case role : cases()) {
            answersOf(role).stream()
                    .filter(answer -> answer.kind() == Kind.AS_GRANTED)
                    .filter(answer -> !answer.of().endsWith(":*"))
                    .filter(answer -> !answer.asked().equals("as made"))
                    .forEach(answer -> inVain.put(role.table().catalog() + " " + answer.action(), answer.asked()));
        }

        // Then it is this, and documented
        assertThat(inVain).isEqualTo(IN_VAIN);
    }

    private List<Answer> answersOf(Case role) {
        return answers.getOrDefault(role.name(), List.of());
    }

    /**
     * A role with some rows of a table.
     *
     * @param name its name
     * @param table table of the rows, with the place of the instance
     * @param rows the enabled rows
     */
    record Case(String name, GrantTable table, List<GrantTable.Row> rows) {

        /** Returns a case for each row alone, and one for all together. */
        static Stream<Case> of(GrantTable table) {
            List<Case> cases = new ArrayList<>();
            cases.add(new Case(table + ", nothing", table, List.of()));
            table.rows().forEach(row -> cases.add(new Case(table + ", " + row, table, List.of(row))));
            cases.add(new Case(table + ", everything", table, table.rows()));
            table.inOtherPartitions()
                    .forEach(elsewhere -> cases.add(new Case(elsewhere + ", everything", elsewhere, elsewhere.rows())));
            return cases.stream();
        }

        ExpectedPermission permission() {
            return new ExpectedPermission(
                    Stream.concat(Stream.of(table.base()), rows.stream().map(GrantTable.Row::grants)), table.denied());
        }

        /**
         * Returns requests around the permissions of the rows; around the base only if there are no rows, since it is
         * the same for all.
         */
        List<Request> requests() {
            Stream<Permission> permissions =
                    rows.isEmpty() ? table.base().stream() : rows.stream().flatMap(row -> row.grants().stream());
            return permissions
                    .flatMap(Requests::around)
                    // The set of granted actions does not depend on the place.
                    .filter(request -> request.kind() != Kind.ANOTHER_ACTION
                            || table.partition().equals("aws"))
                    .distinct()
                    .toList();
        }

        Question question() {
            return new Question(name, Instance.ACCOUNT, policies(), requests());
        }

        private List<JsonNode> policies() {
            FeatureCatalog catalog = CatalogFile.load(table.catalog());
            PolicyCompiler compiler = new PolicyCompiler(
                    catalog, new RoleSettings(catalog.namePrefix(), "/linked-role/", Optional.empty(), "agreement"));
            Instance instance = Instance.randomIn(table.partition(), table.region());
            LinkedRole role = LinkedRole.unknown(instance.arn()).apply(instance.created(0));
            for (GrantTable.Row row : rows) {
                RoleEvent enabled =
                        instance.enabled(1, row.feature(), row.resources().toArray(String[]::new));
                role = role.apply(enabled);
            }
            DesiredRole.Present desired = compiler.compileAnnounced(role);
            return desired.inlinePolicies().values().stream()
                    .map(Permission::parse)
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
