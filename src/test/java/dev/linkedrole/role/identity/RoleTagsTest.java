package dev.linkedrole.role.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names of role tags ignore case, values do not. */
class RoleTagsTest {

    @Test
    void another_spelling_of_the_name_is_the_same_tag() {
        assertThat(RoleTags.carry(Map.of("Owner", "us", "team", "x"), Map.of("owner", "us")))
                .isTrue();
        assertThat(RoleTags.value(Map.of("OWNER", "us"), "owner")).contains("us");
        assertThat(RoleTags.named(Map.of("OWNER", "us", "team", "x"), Set.of("owner")))
                .isEqualTo(Map.of("OWNER", "us"));
    }

    @Test
    void another_spelling_of_the_value_is_another_value() {
        assertThat(RoleTags.carry(Map.of("owner", "Us"), Map.of("owner", "us"))).isFalse();
        assertThat(RoleTags.carry(Map.of(), Map.of("owner", "us"))).isFalse();
    }

    @Test
    void where_two_spellings_are_kept_apart_ours_counts() {
        assertThat(RoleTags.value(Map.of("OWNER", "they", "owner", "us"), "owner"))
                .contains("us");
    }
}
