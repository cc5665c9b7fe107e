package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description in IAM belongs to others until an operator has set one here. */
class DescribedRoleTest {

    private static final DesiredRole.Present UNEDITED = desired(Events.created(0));
    private static final DesiredRole.Present EDITED = desired(Events.created(0), Events.described(1, "Ours."));

    private static final Step PUT = new Step.PutDescription("Ours.");

    @Test
    void a_new_role_is_described_by_its_catalog_or_by_what_an_operator_said() {
        assertThat(UNEDITED.description().text()).isEqualTo(BuiltIn.CATALOG.description());
        assertThat(EDITED.description().text()).isEqualTo("Ours.");
        assertThat(BuiltIn.plan(EDITED, Optional.empty()).steps())
                .startsWith(new Step.CreateRole(EDITED))
                .doesNotContain(PUT);
    }

    @Test
    void what_iam_has_is_left_alone_until_an_operator_says_something() {
        assertThat(toward(UNEDITED, "edited by hand")).isEmpty();
    }

    @Test
    void what_an_operator_said_is_put_and_stays() {
        assertThat(toward(EDITED, "edited by hand")).containsExactly(PUT);
        assertThat(toward(EDITED, "Ours.")).isEmpty();
    }

    @Test
    void a_role_that_is_known_from_before_is_described_in_one_step() {
        assertThat(BuiltIn.plan(EDITED, Optional.of(UNEDITED.fingerprint())).steps())
                .containsExactly(PUT);
    }

    @Test
    void a_description_that_a_slower_replica_may_have_overwritten_is_put_again() {
        assertThat(BuiltIn.plan(EDITED, Optional.of(EDITED.fingerprint().withoutPolicyContent()))
                        .steps())
                .contains(PUT);
    }

    private static List<Step> toward(DesiredRole.Present desired, String description) {
        SortedSet<String> attached = new TreeSet<>();
        ActualRole.Present actual = new ActualRole.Present(
                "arn:aws:iam::111122223333:role/linked-role/tests",
                Events.at(0),
                description,
                desired.trustPolicy(),
                desired.tags(),
                Optional.empty(),
                desired.inlinePolicies(),
                attached);
        return BuiltIn.plan(desired, Optional.of(actual.fingerprint(desired))).steps();
    }

    private static DesiredRole.Present desired(RoleEvent... events) {
        return BuiltIn.COMPILER.compileAnnounced(Events.after(List.of(events)));
    }
}
