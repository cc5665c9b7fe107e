package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names under which the ledger keeps the facets of a role. */
class FacetTest {

    static final List<Facet> FACETS = List.of(
            new Facet.Trust(),
            new Facet.Tags(),
            new Facet.Boundary(),
            new Facet.Description(),
            new Facet.Inline("linked-role"),
            new Facet.Inline("with:colons:in it"),
            new Facet.Inline("trust"),
            new Facet.Managed(new Home(1)),
            new Facet.Managed(new Home(20)),
            new Facet.Attached("arn:aws:iam::aws:policy/AdministratorAccess"));

    @ParameterizedTest
    @FieldSource("FACETS")
    void a_facet_is_found_by_its_key(Facet facet) {
        assertThat(Facet.ofKey(facet.key())).isEqualTo(facet);
    }

    @Test
    void the_tags_come_first_and_the_description_last() {
        assertThat(new TreeSet<>(List.of(
                        new Facet.Attached("arn"),
                        new Facet.Trust(),
                        new Facet.Description(),
                        new Facet.Boundary(),
                        new Facet.Tags())))
                .containsExactly(
                        new Facet.Tags(),
                        new Facet.Attached("arn"),
                        new Facet.Boundary(),
                        new Facet.Trust(),
                        new Facet.Description());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "trusty",
                "trust:",
                "trust:x",
                "tags:x",
                "boundary:",
                "description:x",
                "inline",
                "attached",
                "managed:0",
                "managed:01",
                "managed:100",
                "managed:one",
                "managed",
                "Trust"
            })
    void a_key_of_no_facet_is_an_invalid_value(String key) {
        assertThatThrownBy(() -> Facet.ofKey(key))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("'%s' names no facet of a role", key);
    }
}
