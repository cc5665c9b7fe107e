package dev.linkedrole.role.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of policies as IAM counts them, and the excess over the limit. */
class PolicySizeTest {

    @Test
    void white_space_is_not_counted() {
        assertThat(PolicyDocument.size(" \n\t" + "x ".repeat(10_240))).isEqualTo(10_240);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 40})
    void the_length_of_a_policy_is_known_before_it_is_written(int streams) {
        // Given resources with all that is written in another way than it is meant
        LinkedRole role = LinkedRole.of(Events.enabled(0, "agent-events", streams(streams)))
                .join(LinkedRole.of(Events.enabled(0, "call-recordings", "arn:aws:s3:::acme/a\"b\\c, it's")));
        List<StatementOnResource> entries =
                BuiltIn.COMPILER.compileAnnounced(role).entries();

        // Then
        assertThat(PolicyLength.of(entries))
                .isEqualTo(Statements.policy(entries).length());
        assertThat(PolicyLength.of(entries.subList(0, 1)))
                .isEqualTo(Statements.policy(entries.subList(0, 1)).length());
    }

    @Test
    void a_role_that_may_have_one_policy_is_over_by_what_that_would_have_more() {
        // Given some hundreds of streams
        LinkedRole role = LinkedRole.of(Events.enabled(0, "agent-events", streams(300)));

        // When
        DesiredRole.Present desired = compiler(0).compileAnnounced(role);

        // Then
        assertThat(desired.charactersOver())
                .isPositive()
                .isEqualTo(Statements.policy(desired.entries()).length() - 10_240);
    }

    @Test
    void a_role_is_over_by_what_the_policy_with_the_most_room_would_have_more() {
        // Given more than one inline and two managed policies take
        LinkedRole role = LinkedRole.of(Events.enabled(0, "agent-events", streams(450)));
        int all = Statements.policy(BuiltIn.COMPILER.compileAnnounced(role).entries())
                .length();

        // When
        int over = compiler(2).compileAnnounced(role).charactersOver();

        // Then it is no less than that, and more only by what each has around its resources and cannot fill
        assertThat(over).isBetween(all - 10_240 - 2 * 6_144, all - 10_240 - 2 * 6_144 + 800);
    }

    @Test
    void what_fits_is_not_over() {
        LinkedRole role = LinkedRole.of(Events.enabled(0, "agent-events", streams(280)));

        assertThat(compiler(1).compileAnnounced(role).charactersOver()).isZero();
    }

    private static PolicyCompiler compiler(int managedPolicies) {
        return new PolicyCompiler(
                BuiltIn.CATALOG,
                new RoleSettings("LinkedRole_", "/linked-role/", Optional.empty(), "tests", managedPolicies));
    }

    private static Set<String> streams(int many) {
        return IntStream.range(0, many)
                .mapToObj("arn:aws:kinesis:us-west-2:111122223333:stream/s%d"::formatted)
                .collect(Collectors.toSet());
    }
}
