package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.ModelRole;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences between the actual and the desired role that are reported, and those that are ignored. */
class ActualRoleTest {

    private static final String BOUND = "arn:aws:iam::111122223333:policy/bound";

    private static final RoleIdentity UNRECORDED = BuiltIn.SETTINGS.identity(Events.INSTANCE);

    private static final DesiredRole.Present UNBOUND = desired(Optional.empty());
    private static final DesiredRole.Present BOUNDED = desired(Optional.of(BOUND));

    @Test
    void a_role_as_desired_has_the_desired_fingerprint() {
        assertThat(fingerprint(UNBOUND, ModelRole.like(UNBOUND))).isEqualTo(UNBOUND.fingerprint());
        assertThat(fingerprint(BOUNDED, ModelRole.like(BOUNDED))).isEqualTo(BOUNDED.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void policies_in_another_spelling_make_no_difference(long seed) throws JsonProcessingException {
        // Given the same documents in another form
        Scrambled scrambled = new Scrambled(new Random(seed));
        ModelRole role = ModelRole.like(UNBOUND)
                .withTrust(scrambled.of(UNBOUND.trustPolicy()))
                .withInline(inline(PolicySlot.INLINE_POLICY, scrambled.of(BuiltIn.permissions(UNBOUND))));

        // Then
        assertThat(fingerprint(UNBOUND, role)).isEqualTo(UNBOUND.fingerprint());
    }

    @Test
    void another_trust_policy_is_seen() {
        // Given a trust policy that was widened by hand
        ModelRole role = ModelRole.like(UNBOUND)
                .withTrust(UNBOUND.trustPolicy().replace("connect.amazonaws.com", "ec2.amazonaws.com"));

        assertSeen(new RoleComponent.Trust(), UNBOUND, role);
    }

    @Test
    void a_missing_ownership_tag_is_seen() {
        // Given a role without one of its tags
        SortedMap<String, String> tags = new TreeMap<>(UNBOUND.tags());
        tags.remove(RoleTags.INSTANCE_TAG);
        ModelRole role = ModelRole.like(UNBOUND).withTags(tags);

        assertSeen(new RoleComponent.Tags(), UNBOUND, role);
        assertThat(role.asRead().has(UNBOUND.tags())).isFalse();
    }

    @Test
    void a_changed_ownership_tag_is_seen() {
        // Given a role that another deployment has claimed
        SortedMap<String, String> tags = new TreeMap<>(UNBOUND.tags());
        tags.put(RoleTags.OWNER_TAG, "somebody-else");
        ModelRole role = ModelRole.like(UNBOUND).withTags(tags);

        assertSeen(new RoleComponent.Tags(), UNBOUND, role);
        assertThat(role.asRead().has(UNBOUND.tags())).isFalse();
    }

    @Test
    void tags_of_other_people_are_their_own_business() {
        // Given more tags, which sort before, between and after ours
        SortedMap<String, String> tags = new TreeMap<>(UNBOUND.tags());
        tags.putAll(Map.of("cost-centre", "42", "linked-role:j", "", "team", "voice"));
        ModelRole role = ModelRole.like(UNBOUND).withTags(tags);

        assertThat(fingerprint(UNBOUND, role)).isEqualTo(UNBOUND.fingerprint());
        assertThat(role.asRead().has(UNBOUND.tags())).isTrue();
    }

    @Test
    void an_extra_inline_policy_is_seen() {
        SortedMap<String, String> policies = inline("debug", BuiltIn.permissions(UNBOUND));
        policies.putAll(UNBOUND.inlinePolicies());

        assertSeen(
                new RoleComponent.Inline("debug"),
                UNBOUND,
                ModelRole.like(UNBOUND).withInline(policies));
    }

    @Test
    void a_changed_inline_policy_is_seen() {
        // Given one action more
        String wider = BuiltIn.permissions(UNBOUND).replace("\"connect:*\"", "\"*\"");

        assertSeen(
                new RoleComponent.Inline(PolicySlot.INLINE_POLICY),
                UNBOUND,
                ModelRole.like(UNBOUND).withInline(inline(PolicySlot.INLINE_POLICY, wider)));
    }

    @Test
    void a_missing_inline_policy_is_seen() {
        assertSeen(
                new RoleComponent.Inline(PolicySlot.INLINE_POLICY),
                UNBOUND,
                ModelRole.like(UNBOUND).withInline(new TreeMap<>()));
    }

    @Test
    void an_attached_managed_policy_is_seen() {
        String admin = "arn:aws:iam::aws:policy/AdministratorAccess";
        SortedSet<String> attached = new TreeSet<>();
        attached.add(admin);

        assertSeen(
                new RoleComponent.Attached(admin),
                UNBOUND,
                ModelRole.like(UNBOUND).withAttached(attached));
    }

    @Test
    void a_boundary_that_is_desired_and_changed_or_gone_is_seen() {
        ModelRole role = ModelRole.like(BOUNDED);

        assertSeen(new RoleComponent.Boundary(), BOUNDED, role.withBoundary(Optional.of(BOUND + "-wider")));
        assertSeen(new RoleComponent.Boundary(), BOUNDED, role.withBoundary(Optional.empty()));
    }

    @Test
    void a_role_that_was_there_when_the_operator_spoke_may_be_adopted() {
        // Given a role without our tags, made at second 0
        ActualRole.Present role = ModelRole.like(UNBOUND)
                .withTags(new TreeMap<>(Map.of("team", "voice")))
                .asRead();

        // Then the word has to come after that
        assertThat(role.mayBeAdopted(UNBOUND.tags(), Events.at(0))).isTrue();
        assertThat(role.mayBeAdopted(UNBOUND.tags(), Events.at(1))).isTrue();
        assertThat(role.mayBeAdopted(UNBOUND.tags(), Events.at(-1))).isFalse();
    }

    @Test
    void a_role_that_is_marked_as_another_ones_may_not_be_adopted() {
        ModelRole role = ModelRole.like(UNBOUND);

        assertThat(role.withTags(new TreeMap<>(Map.of(RoleTags.OWNER_TAG, "somebody-else")))
                        .asRead()
                        .mayBeAdopted(UNBOUND.tags(), Events.at(1)))
                .isFalse();
        assertThat(role.withTags(new TreeMap<>(Map.of(RoleTags.INSTANCE_TAG, "another instance")))
                        .asRead()
                        .mayBeAdopted(UNBOUND.tags(), Events.at(1)))
                .isFalse();
        assertThat(role.withTags(new TreeMap<>(Map.of(RoleTags.OWNER_TAG, "tests")))
                        .asRead()
                        .mayBeAdopted(UNBOUND.tags(), Events.at(1)))
                .isTrue();
    }

    @Test
    void a_role_that_names_another_record_was_not_made_for_this_one() {
        // Given a role that says for which record it was made, whatever its age
        ActualRole.Present role = ModelRole.like(UNBOUND)
                .withTags(new TreeMap<>(
                        Map.of(RoleTags.RECORDED_TAG, Events.at(9_000).toString())))
                .asRead();

        // Then
        assertThat(role.cannotBeMadeFor(recordedAt(9_000))).isFalse();
        assertThat(role.cannotBeMadeFor(recordedAt(9_001))).isTrue();
        assertThat(role.cannotBeMadeFor(recordedAt(1))).isTrue();
    }

    @Test
    void a_role_that_names_no_record_is_judged_by_its_age() {
        // Given a role made at second 0, by a clock that may be five minutes behind
        ActualRole.Present role = ModelRole.like(UNBOUND).asRead();

        // Then
        assertThat(role.cannotBeMadeFor(recordedAt(300))).isFalse();
        assertThat(role.cannotBeMadeFor(recordedAt(301))).isTrue();
        assertThat(role.cannotBeMadeFor(UNRECORDED)).isFalse();
    }

    private static RoleIdentity recordedAt(int second) {
        return UNRECORDED.recordedAt(Events.at(second));
    }

    @Test
    void a_boundary_where_none_is_desired_is_left_alone() {
        ModelRole role = ModelRole.like(UNBOUND).withBoundary(Optional.of(BOUND));

        assertThat(fingerprint(UNBOUND, role)).isEqualTo(UNBOUND.fingerprint());
    }

    private static void assertSeen(RoleComponent component, DesiredRole.Present desired, ModelRole role) {
        // Then just that component differs from what is wanted
        SortedMap<RoleComponent, String> is =
                new TreeMap<>(fingerprint(desired, role).digests());
        SortedMap<RoleComponent, String> wants =
                new TreeMap<>(desired.fingerprint().digests());
        assertThat(is.get(component)).isNotEqualTo(wants.get(component));
        is.remove(component);
        wants.remove(component);
        assertThat(is).isEqualTo(wants);
    }

    private static RoleFingerprint fingerprint(DesiredRole.Present desired, ModelRole role) {
        return role.asRead().fingerprint(desired);
    }

    private static SortedMap<String, String> inline(String policy, String document) {
        return new TreeMap<>(Map.of(policy, document));
    }

    private static DesiredRole.Present desired(Optional<String> boundary) {
        RoleSettings settings = new RoleSettings("LinkedRole_", "/linked-role/", boundary, "tests");
        return new PolicyCompiler(BuiltIn.CATALOG, settings)
                .compileAnnounced(LinkedRole.of(Events.enabled(0, "outbound-campaigns")));
    }
}
