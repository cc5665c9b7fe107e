package dev.linkedrole.connectmodel;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the model.
 *
 * @param query parameters, decoded
 * @param headers by their names in lower case
 */
public record ModelRequest(String method, String path, Map<String, String> query, Map<String, String> headers) {

    private static final Pattern SIGNED = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/[0-9]{8}/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=[0-9a-f]{64}");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    /** The signature of a request. */
    record Signature(String accessKey, String region, String service, String headers) {}

    /** Returns the signature. The value of the signature itself is not checked here. */
    Signature signature() {
        Matcher signed = SIGNED.matcher(headers.getOrDefault("authorization", ""));
        return signed.matches()
                ? new Signature(signed.group(1), signed.group(2), signed.group(3), signed.group(4))
                : new Signature("", "", "", "");
    }

    /** Returns the time at which the request was signed. */
    Instant signedAt() {
        return LocalDateTime.parse(headers.getOrDefault("x-amz-date", "19700101T000000Z"), DATE)
                .toInstant(ZoneOffset.UTC);
    }
}
