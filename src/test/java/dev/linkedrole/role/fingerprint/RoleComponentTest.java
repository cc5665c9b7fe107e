package dev.linkedrole.role.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.packing.PolicySlot;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of components in the ledger. */
class RoleComponentTest {

    static final List<RoleComponent> COMPONENTS = List.of(
            new RoleComponent.Trust(),
            new RoleComponent.Tags(),
            new RoleComponent.Boundary(),
            new RoleComponent.Description(),
            new RoleComponent.Inline("linked-role"),
            new RoleComponent.Inline("with:colons:in it"),
            new RoleComponent.Inline("trust"),
            new RoleComponent.Managed(new PolicySlot(1)),
            new RoleComponent.Managed(new PolicySlot(20)),
            new RoleComponent.Attached("arn:aws:iam::aws:policy/AdministratorAccess"));

    @ParameterizedTest
    @FieldSource("COMPONENTS")
    void a_component_is_found_by_its_key(RoleComponent component) {
        assertThat(RoleComponent.ofKey(component.key())).isEqualTo(component);
    }

    @Test
    void the_tags_come_first_and_the_description_last() {
        assertThat(new TreeSet<>(List.of(
                        new RoleComponent.Attached("arn"),
                        new RoleComponent.Trust(),
                        new RoleComponent.Description(),
                        new RoleComponent.Boundary(),
                        new RoleComponent.Tags())))
                .containsExactly(
                        new RoleComponent.Tags(),
                        new RoleComponent.Attached("arn"),
                        new RoleComponent.Boundary(),
                        new RoleComponent.Trust(),
                        new RoleComponent.Description());
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
    void a_key_of_no_component_is_an_invalid_value(String key) {
        assertThatThrownBy(() -> RoleComponent.ofKey(key))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("'%s' names no component of a role", key);
    }
}
