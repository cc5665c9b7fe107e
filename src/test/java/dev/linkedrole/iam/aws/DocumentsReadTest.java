package dev.linkedrole.iam.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding of policies from IAM, which are encoded, and from some emulators, which are not. */
class DocumentsReadTest {

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "100%", "a+b", "a b", "%7B", "é", "a%2Bb", "%zz"})
    void a_document_is_read_as_it_was_written_encoded_or_not(String prefix) {
        // Given
        String document = "{\"Resource\":\"arn:aws:s3:::acme/" + prefix + "/*\"}";
        String encoded = URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");

        // Then
        assertThat(IamRequests.decode(document)).isEqualTo(document);
        assertThat(IamRequests.decode("\n " + document)).isEqualTo("\n " + document);
        assertThat(IamRequests.decode(encoded)).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100%", "no JSON"})
    void what_is_neither_is_left_as_it_is(String text) {
        assertThat(IamRequests.decode(text)).isEqualTo(text);
    }
}
