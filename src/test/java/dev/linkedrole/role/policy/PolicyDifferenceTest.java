package dev.linkedrole.role.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.linkedrole.role.model.ConflictingEvents;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.Scrambled;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Comparison of two policies. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class PolicyDifferenceTest {

    private static final String READ = "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}";
    private static final String WRITE = "{\"Effect\":\"Allow\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}";
    private static final String LIST = "{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":\"*\"}";

    @Property
    void another_spelling_is_equal(@ForAll LinkedRole role, @ForAll Random random) throws JsonProcessingException {
        String policy = BuiltIn.permissions(role);

        assertThat(PolicyDifference.of(Optional.of(policy), Optional.of(new Scrambled(random).of(policy))))
                .isEqualTo(new PolicyDifference(true, List.of(), List.of()));
    }

    @Example
    void what_only_one_of_them_has_is_told_statement_by_statement() {
        assertThat(PolicyDifference.of(policy(READ + "," + WRITE), policy(LIST + "," + READ)))
                .isEqualTo(new PolicyDifference(false, List.of(WRITE), List.of(LIST)));
    }

    @Example
    void one_that_is_not_there_has_no_statements() {
        assertThat(PolicyDifference.of(policy(READ), Optional.empty()))
                .isEqualTo(new PolicyDifference(false, List.of(READ), List.of()));
        assertThat(PolicyDifference.of(Optional.empty(), policy(READ)))
                .isEqualTo(new PolicyDifference(false, List.of(), List.of(READ)));
        assertThat(PolicyDifference.of(Optional.empty(), Optional.empty()).equal())
                .isTrue();
    }

    @Example
    void what_is_no_policy_is_told_as_it_is() {
        assertThat(PolicyDifference.of(policy(READ), Optional.of("[1]")))
                .isEqualTo(new PolicyDifference(false, List.of(READ), List.of("[1]")));
    }

    @Example
    void another_version_of_the_language_is_a_difference_without_statements() {
        assertThat(PolicyDifference.of(policy(READ), policy(READ).map(json -> json.replace("2012-10", "2008-10"))))
                .isEqualTo(new PolicyDifference(false, List.of(), List.of()));
    }

    private static Optional<String> policy(String statements) {
        return Optional.of("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
    }
}
