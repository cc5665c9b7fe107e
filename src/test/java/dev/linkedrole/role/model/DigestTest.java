package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Digests of texts, compared with those that the standard publishes. */
class DigestTest {

    @Test
    void the_digest_of_abc_is_the_published_one_in_both_spellings() {
        assertThat(Digest.hex("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digest.of("abc")).isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    @Test
    void characters_beyond_ascii_are_digested_in_utf_8() {
        assertThat(Digest.hex("\u00E9")).isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }
}
