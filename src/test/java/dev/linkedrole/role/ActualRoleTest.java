package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Which differences between IAM's role and ours are seen, and which are none of our business. */
class ActualRoleTest {

    private static final String BOUND = "arn:aws:iam::111122223333:policy/bound";

    private static final WantedRole.Present UNBOUND = wanted(Optional.empty());
    private static final WantedRole.Present BOUNDED = wanted(Optional.of(BOUND));

    @Test
    void a_role_as_wanted_has_the_wanted_footprint() {
        assertThat(footprint(UNBOUND, ModelRole.like(UNBOUND))).isEqualTo(UNBOUND.footprint());
        assertThat(footprint(BOUNDED, ModelRole.like(BOUNDED))).isEqualTo(BOUNDED.footprint());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void policies_in_another_spelling_make_no_difference(long seed) throws JsonProcessingException {
        // Given the same documents as somebody else would write them
        Scrambled scrambled = new Scrambled(new Random(seed));
        ModelRole role = ModelRole.like(UNBOUND)
                .withTrust(scrambled.of(UNBOUND.trustPolicy()))
                .withInline(inline(Home.INLINE_POLICY, scrambled.of(BuiltIn.permissions(UNBOUND))));

        // Then
        assertThat(footprint(UNBOUND, role)).isEqualTo(UNBOUND.footprint());
    }

    @Test
    void another_trust_policy_is_seen() {
        // Given somebody who let themselves in
        ModelRole role = ModelRole.like(UNBOUND)
                .withTrust(UNBOUND.trustPolicy().replace("connect.amazonaws.com", "ec2.amazonaws.com"));

        assertSeen(new Facet.Trust(), UNBOUND, role);
    }

    @Test
    void a_missing_ownership_tag_is_seen() {
        // Given a role without one of its tags
        SortedMap<String, String> tags = new TreeMap<>(UNBOUND.tags());
        tags.remove(RoleTags.INSTANCE_TAG);
        ModelRole role = ModelRole.like(UNBOUND).withTags(tags);

        assertSeen(new Facet.Tags(), UNBOUND, role);
        assertThat(role.asRead().has(UNBOUND.tags())).isFalse();
    }

    @Test
    void a_changed_ownership_tag_is_seen() {
        // Given a role that another deployment has claimed
        SortedMap<String, String> tags = new TreeMap<>(UNBOUND.tags());
        tags.put(RoleTags.OWNER_TAG, "somebody-else");
        ModelRole role = ModelRole.like(UNBOUND).withTags(tags);

        assertSeen(new Facet.Tags(), UNBOUND, role);
        assertThat(role.asRead().has(UNBOUND.tags())).isFalse();
    }

    @Test
    void tags_of_other_people_are_their_own_business() {
        // Given more tags, which sort before, between and after ours
        SortedMap<String, String> tags = new TreeMap<>(UNBOUND.tags());
        tags.putAll(Map.of("cost-centre", "42", "linked-role:j", "", "team", "voice"));
        ModelRole role = ModelRole.like(UNBOUND).withTags(tags);

        assertThat(footprint(UNBOUND, role)).isEqualTo(UNBOUND.footprint());
        assertThat(role.asRead().has(UNBOUND.tags())).isTrue();
    }

    @Test
    void an_extra_inline_policy_is_seen() {
        SortedMap<String, String> policies = inline("debug", BuiltIn.permissions(UNBOUND));
        policies.putAll(UNBOUND.inlinePolicies());

        assertSeen(new Facet.Inline("debug"), UNBOUND, ModelRole.like(UNBOUND).withInline(policies));
    }

    @Test
    void a_changed_inline_policy_is_seen() {
        // Given one action more
        String wider = BuiltIn.permissions(UNBOUND).replace("\"connect:*\"", "\"*\"");

        assertSeen(
                new Facet.Inline(Home.INLINE_POLICY),
                UNBOUND,
                ModelRole.like(UNBOUND).withInline(inline(Home.INLINE_POLICY, wider)));
    }

    @Test
    void a_missing_inline_policy_is_seen() {
        assertSeen(
                new Facet.Inline(Home.INLINE_POLICY),
                UNBOUND,
                ModelRole.like(UNBOUND).withInline(new TreeMap<>()));
    }

    @Test
    void an_attached_managed_policy_is_seen() {
        String admin = "arn:aws:iam::aws:policy/AdministratorAccess";
        SortedSet<String> attached = new TreeSet<>();
        attached.add(admin);

        assertSeen(new Facet.Attached(admin), UNBOUND, ModelRole.like(UNBOUND).withAttached(attached));
    }

    @Test
    void a_boundary_that_is_wanted_and_changed_or_gone_is_seen() {
        ModelRole role = ModelRole.like(BOUNDED);

        assertSeen(new Facet.Boundary(), BOUNDED, role.withBoundary(Optional.of(BOUND + "-wider")));
        assertSeen(new Facet.Boundary(), BOUNDED, role.withBoundary(Optional.empty()));
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
    void a_boundary_where_none_is_wanted_is_left_alone() {
        ModelRole role = ModelRole.like(UNBOUND).withBoundary(Optional.of(BOUND));

        assertThat(footprint(UNBOUND, role)).isEqualTo(UNBOUND.footprint());
    }

    private static void assertSeen(Facet facet, WantedRole.Present wanted, ModelRole role) {
        // Then just that facet differs from what is wanted
        SortedMap<Facet, String> is = new TreeMap<>(footprint(wanted, role).digests());
        SortedMap<Facet, String> wants = new TreeMap<>(wanted.footprint().digests());
        assertThat(is.get(facet)).isNotEqualTo(wants.get(facet));
        is.remove(facet);
        wants.remove(facet);
        assertThat(is).isEqualTo(wants);
    }

    private static Footprint footprint(WantedRole.Present wanted, ModelRole role) {
        return role.asRead().footprint(wanted);
    }

    private static SortedMap<String, String> inline(String policy, String document) {
        return new TreeMap<>(Map.of(policy, document));
    }

    private static WantedRole.Present wanted(Optional<String> boundary) {
        RoleSettings settings = new RoleSettings("LinkedRole_", "/linked-role/", boundary, "tests");
        return new PolicyCompiler(BuiltIn.CATALOG, settings)
                .compileAnnounced(LinkedRole.of(Events.enabled(0, "outbound-campaigns")));
    }
}
