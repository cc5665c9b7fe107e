package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is known of a role, and what is not any more. */
class FootprintTest {

    private static final Facet TRUST = new Facet.Trust();
    private static final Facet INLINE = new Facet.Inline(Home.INLINE_POLICY);
    private static final Facet DESCRIPTION = new Facet.Description();

    @Test
    void what_a_slower_replica_may_have_overwritten_is_forgotten_and_nothing_else() {
        // Given
        Footprint known = footprint(
                Map.of(TRUST, "t", INLINE, "i", DESCRIPTION, "d", managed(1), "m", managed(2), Footprint.UNATTACHED));

        // When
        Footprint forgotten = known.withoutPolicyContent();

        // Then
        assertThat(forgotten.digests()).containsOnlyKeys(known.digests().keySet());
        assertThat(forgotten.digests().get(TRUST)).isEqualTo("t");
        assertThat(forgotten.digests().get(managed(2))).isEqualTo(Footprint.UNATTACHED);
        assertThat(List.of(INLINE, DESCRIPTION, managed(1)))
                .noneMatch(facet -> Objects.equals(
                        forgotten.digests().get(facet), known.digests().get(facet)));
    }

    @Test
    void with_other_managed_policies_it_has_just_those_and_does_not_say_what_is_in_them() {
        // Given
        Footprint known = footprint(Map.of(TRUST, "t", managed(1), "m", managed(2), "n"));

        // When
        Footprint other = known.withManaged(List.of(new Home(2), new Home(3)));

        // Then
        assertThat(other.digests()).containsOnlyKeys(TRUST, managed(2), managed(3));
        assertThat(other.digests().get(TRUST)).isEqualTo("t");
        assertThat(other.digests().get(managed(2)))
                .isNotEqualTo("n")
                .isEqualTo(other.digests().get(managed(3)));
    }

    private static Facet managed(int number) {
        return new Facet.Managed(new Home(number));
    }

    private static Footprint footprint(Map<Facet, String> digests) {
        return new Footprint(new TreeMap<>(digests));
    }
}
