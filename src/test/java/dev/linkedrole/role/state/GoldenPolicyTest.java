package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.packing.PolicySlot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies of the built-in catalogs, case by case: see {@link GoldenCase}. A run with {@code -Dgolden.update=true}
 * writes what the compiler says into the files, to be read before it is committed: they are the specification.
 */
class GoldenPolicyTest {

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_compiler_writes_the_policies_that_are_kept(GoldenCase golden) throws IOException {
        // Given what is known of a role
        LinkedRole knowledge = golden.knowledge();

        // When it is compiled
        DesiredRole desired = golden.compiler().compile(knowledge);
        String permissions = permissions(desired, PolicySlot.INLINE);
        String overflow = permissions(desired, new PolicySlot(1));
        String trust = desired instanceof DesiredRole.Present present ? present.trustPolicy() : "";

        // Then it is byte for byte what the files say
        if (Boolean.getBoolean("golden.update")) {
            golden.rewrite("permissions.json", permissions);
            golden.rewrite("permissions-1.json", overflow);
            golden.rewrite("trust.json", trust);
        }
        assertThat(permissions).isEqualTo(golden.expected("permissions.json"));
        assertThat(overflow).isEqualTo(golden.expected("permissions-1.json"));
        assertThat(trust).isEqualTo(golden.expected("trust.json"));
    }

    private static String permissions(DesiredRole desired, PolicySlot slot) {
        return desired instanceof DesiredRole.Present present
                ? present.packing().documents().getOrDefault(slot, "")
                : "";
    }
}
