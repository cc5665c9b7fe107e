package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.agreement.Evaluator.Vain;
import dev.linkedrole.testing.iam.GrantTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Grants of the built-in catalogs without effect in IAM are documented, by AWS's own reference of actions and their
 * resources.
 */
class WithoutEffectTest {

    private static final Path PAGE = Path.of("docs", "catalogs", "README.md");

    @Test
    void the_page_has_all_that_is_granted_without_effect_and_nothing_else() throws IOException {
        // Given what is without effect in roles with everything
        List<AgreementTest.Case> roles = GrantTable.all().stream()
                .flatMap(AgreementTest.Case::of)
                .filter(role -> role.name().endsWith(", everything")
                        && role.table().partition().equals("aws"))
                .toList();
        List<Vain> vain = Evaluator.withoutEffect(
                Path.of("target", "without-effect"),
                roles.stream().map(AgreementTest.Case::question).toList());

        // Then it is what the table of the page has
        assertThat(roles).hasSize(2);
        Set<String> told = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| catalog | granted | without effect |"))
                .flatMap(line -> Arrays.stream(line.split("`")))
                .filter(text -> text.matches("[a-z-]+:[A-Za-z]+"))
                .collect(Collectors.toSet());
        assertThat(vain.stream().map(Vain::action).collect(Collectors.toSet())).isEqualTo(told);
    }
}
