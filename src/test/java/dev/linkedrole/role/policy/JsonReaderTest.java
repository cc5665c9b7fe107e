package dev.linkedrole.role.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of JSON: any white space and any text, and as many brackets around each other as no policy has. */
class JsonReaderTest {

    private static final int BRACKETS = 32;

    @Test
    void white_space_counts_for_nothing_around_what_it_surrounds() {
        assertThat(JsonReader.read(" \t\r\n{ \"a\" : [ 1 , { } , [ ] ] } \t\r\n"))
                .contains(new Json.Members(Map.of(
                        "a",
                        new Json.Elements(List.of(
                                new Json.Token("1"), new Json.Members(Map.of()), new Json.Elements(List.of()))))));
    }

    @Test
    void white_space_inside_a_text_belongs_to_it() {
        assertThat(JsonReader.read("\" a b \"")).contains(new Json.Text(" a b "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[|]", "{\"a\":|}", "{\"a\":[|]}"})
    void nesting_is_read_as_deep_as_no_policy_is_and_no_deeper(String form) {
        // Given brackets around each other; the last form has two of them
        String opening = form.substring(0, form.indexOf('|'));
        String closing = form.substring(form.indexOf('|') + 1);
        int each = closing.length();

        // Then
        assertThat(JsonReader.read(nested(opening, closing, BRACKETS / each))).isPresent();
        assertThat(JsonReader.read(nested(opening, closing, BRACKETS / each + 1)))
                .isEmpty();
    }

    /** So many around an innermost value. */
    private static String nested(String opening, String closing, int many) {
        return opening.repeat(many) + "1" + closing.repeat(many);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[", "\"", "\"a", "\"\\", "\"\\u00e", "{} {}", "[1] x", "{\"a\":1,\"a\":1}"})
    void what_is_no_single_value_is_none(String text) {
        assertThat(JsonReader.read(text)).isEmpty();
    }
}
