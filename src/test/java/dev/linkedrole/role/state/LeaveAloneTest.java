package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Policies of others that stay on a role. */
class LeaveAloneTest {

    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String RAIL = "arn:aws:iam::111122223333:policy/guard-rails/NoPublicBuckets";

    private final LinkedRole state = Events.after(List.<RoleEvent>of(Events.created(0)));
    private final DesiredRole.Present desired = BuiltIn.COMPILER.compileAnnounced(state);

    @Test
    void a_policy_is_left_alone_by_its_arn_or_its_name() {
        assertThat(left("arn:aws:iam::*:policy/guard-rails/*", ADMIN, RAIL)).containsExactly(RAIL);
        assertThat(left("NoPublic*", ADMIN, RAIL)).containsExactly(RAIL);
        assertThat(left("NoPublicBucket?", ADMIN, RAIL)).containsExactly(RAIL);
        assertThat(left("nopublic*", ADMIN, RAIL)).isEmpty();
    }

    @Test
    void an_inline_policy_is_left_alone_by_its_name() {
        // Given
        ActualRole.Present role = role(Map.of("audit-trail", "{}", "by-hand", "{}"));

        // Then
        assertThat(role.without(LeaveAlone.of(List.of("audit-*"))).inlinePolicies())
                .containsOnlyKeys("by-hand");
    }

    @Test
    void the_role_s_own_policies_are_always_compared() {
        // Given
        String own = "arn:aws:iam::111122223333:policy/linked-role/" + desired.name() + "-1";
        LeaveAlone all = LeaveAlone.of(List.of("*"));

        // Then
        assertThat(left("*", own, ADMIN)).containsExactly(ADMIN);
        assertThat(role(Map.of("linked-role", "{}", "linked-role-recorded", "{}"))
                        .without(all)
                        .inlinePolicies())
                .hasSize(2);
    }

    @Test
    void a_scan_does_not_see_what_is_left_alone() {
        // Given
        PolicyCompiler leaving =
                new PolicyCompiler(BuiltIn.CATALOG, BuiltIn.SETTINGS.leaving(LeaveAlone.of(List.of("NoPublic*"))));
        DesiredRole.Present role = leaving.compileAnnounced(state);
        PolicyArns arns = PolicyArns.of(arn(), role.path(), role.name());

        // Then
        assertThat(ExpectedFingerprint.of(role, arns, 0).isMetBy(asDesired(RAIL)))
                .isTrue();
        assertThat(ExpectedFingerprint.of(role, arns, 0).isMetBy(asDesired(ADMIN)))
                .isFalse();
        assertThat(ExpectedFingerprint.of(desired, arns, 0).isMetBy(asDesired(RAIL)))
                .isFalse();
    }

    /** Returns those of the attached policies that the pattern leaves alone. */
    private List<String> left(String pattern, String... attached) {
        ActualRole.Present role = asDesired(attached);
        TreeSet<String> left = new TreeSet<>(role.attachedPolicies());
        left.removeAll(role.without(LeaveAlone.of(List.of(pattern))).attachedPolicies());
        return List.copyOf(left);
    }

    private ActualRole.Present asDesired(String... attached) {
        return role(desired.inlinePolicies(), attached);
    }

    private ActualRole.Present role(Map<String, String> inline, String... attached) {
        return new ActualRole.Present(
                arn(),
                Instant.EPOCH,
                "",
                desired.trustPolicy(),
                desired.tags(),
                Optional.empty(),
                new TreeMap<>(inline),
                new TreeSet<>(List.of(attached)));
    }

    private String arn() {
        return "arn:aws:iam::111122223333:role/linked-role/" + desired.name();
    }
}
