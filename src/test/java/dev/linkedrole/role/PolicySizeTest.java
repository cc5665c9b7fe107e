package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much too large a role's policies are, counted as IAM counts. */
class PolicySizeTest {

    @ParameterizedTest(name = "{0} characters are {1} over")
    @CsvSource({"0, 0", "10239, 0", "10240, 0", "10241, 1", "20000, 9760"})
    void characters_over_are_those_beyond_what_iam_takes(int size, int over) {
        assertThat(wanted(Map.of("one", "x".repeat(size))).charactersOver()).isEqualTo(over);
    }

    @Test
    void white_space_is_not_counted() {
        assertThat(wanted(Map.of("one", " \n\t" + "x ".repeat(10_240))).charactersOver())
                .isZero();
    }

    @Test
    void all_inline_policies_count_together() {
        assertThat(wanted(Map.of("one", "x".repeat(10_000), "two", "x".repeat(300)))
                        .charactersOver())
                .isEqualTo(60);
    }

    @Test
    void a_role_with_too_many_resources_is_over_by_what_its_policy_has_more() {
        // Given some hundreds of streams
        Set<String> streams = IntStream.range(0, 300)
                .mapToObj("arn:aws:kinesis:us-west-2:111122223333:stream/s%d"::formatted)
                .collect(Collectors.toSet());
        LinkedRole role = LinkedRole.of(Events.enabled(0, "agent-events", streams));

        // When
        WantedRole.Present wanted = BuiltIn.COMPILER.compileAnnounced(role);

        // Then
        assertThat(wanted.charactersOver())
                .isPositive()
                .isEqualTo(BuiltIn.permissions(wanted).length() - PolicyDocument.MAX_INLINE_SIZE);
    }

    private static WantedRole.Present wanted(Map<String, String> policies) {
        WantedRole.Present compiled = BuiltIn.COMPILER.compileAnnounced(LinkedRole.unknown(Events.INSTANCE));
        return new WantedRole.Present(
                compiled.name(),
                compiled.path(),
                compiled.description(),
                compiled.trustPolicy(),
                compiled.tags(),
                Optional.empty(),
                new TreeMap<>(policies),
                compiled.notInCatalog());
    }
}
