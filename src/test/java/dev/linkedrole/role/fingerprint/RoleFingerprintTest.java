package dev.linkedrole.role.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.packing.PolicySlot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The known components of a role, and those that become unknown. */
class RoleFingerprintTest {

    private static final RoleComponent TRUST = new RoleComponent.Trust();
    private static final RoleComponent INLINE = new RoleComponent.Inline(PolicySlot.INLINE_POLICY);
    private static final RoleComponent DESCRIPTION = new RoleComponent.Description();

    @Test
    void only_components_a_slower_replica_may_overwrite_become_unknown() {
        // Given
        RoleFingerprint known = fingerprint(Map.of(
                TRUST, "t", INLINE, "i", DESCRIPTION, "d", managed(1), "m", managed(2), RoleFingerprint.UNATTACHED));

        // When
        RoleFingerprint forgotten = known.withoutPolicyContent();

        // Then
        assertThat(forgotten.digests()).containsOnlyKeys(known.digests().keySet());
        assertThat(forgotten.digests().get(TRUST)).isEqualTo("t");
        assertThat(forgotten.digests().get(managed(2))).isEqualTo(RoleFingerprint.UNATTACHED);
        assertThat(List.of(INLINE, DESCRIPTION, managed(1)))
                .noneMatch(component -> Objects.equals(
                        forgotten.digests().get(component), known.digests().get(component)));
    }

    @Test
    void other_managed_policies_replace_its_own_with_unknown_content() {
        // Given
        RoleFingerprint known = fingerprint(Map.of(TRUST, "t", managed(1), "m", managed(2), "n"));

        // When
        RoleFingerprint other = known.withManaged(List.of(new PolicySlot(2), new PolicySlot(3)));

        // Then
        assertThat(other.digests()).containsOnlyKeys(TRUST, managed(2), managed(3));
        assertThat(other.digests().get(TRUST)).isEqualTo("t");
        assertThat(other.digests().get(managed(2)))
                .isNotEqualTo("n")
                .isEqualTo(other.digests().get(managed(3)));
    }

    @Test
    void a_role_that_differs_by_its_description_has_all_else() {
        // Given
        RoleFingerprint described = fingerprint(Map.of(TRUST, "t", DESCRIPTION, "d"));

        // Then another description is enough to differ, and nothing else may
        assertThat(described.hasAllButDescription(fingerprint(Map.of(TRUST, "t", DESCRIPTION, "e"))))
                .isTrue();
        assertThat(described.hasAllButDescription(fingerprint(Map.of(TRUST, "t"))))
                .isTrue();
        assertThat(described.hasAllButDescription(described)).isFalse();
        assertThat(described.hasAllButDescription(fingerprint(Map.of(TRUST, "u", DESCRIPTION, "d"))))
                .isFalse();
        assertThat(described.hasAllButDescription(fingerprint(Map.of(TRUST, "u", DESCRIPTION, "e"))))
                .isFalse();
    }

    @Test
    void a_component_may_be_the_same_unless_it_is_known_to_differ() {
        // Given
        RoleFingerprint known = fingerprint(Map.of(TRUST, "t"));

        // Then
        assertThat(known.mayHaveSame(TRUST, fingerprint(Map.of(TRUST, "t")))).isTrue();
        assertThat(known.mayHaveSame(INLINE, fingerprint(Map.of(INLINE, "i")))).isTrue();
        assertThat(known.mayHaveSame(TRUST, fingerprint(Map.of(TRUST, "u")))).isFalse();
        assertThat(known.mayHaveSame(TRUST, RoleFingerprint.BARE)).isFalse();
    }

    private static RoleComponent managed(int number) {
        return new RoleComponent.Managed(new PolicySlot(number));
    }

    private static RoleFingerprint fingerprint(Map<RoleComponent, String> digests) {
        return new RoleFingerprint(new TreeMap<>(digests));
    }
}
