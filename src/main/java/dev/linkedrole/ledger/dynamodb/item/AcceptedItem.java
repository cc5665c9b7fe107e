package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.guard.AcceptedSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Item of the accepted settings: {@code pk} = {@code deployment}, {@code sk} = {@code accepted}. The catalog is the text
 * of its file, compressed.
 */
public final class AcceptedItem {

    public static final Map<String, AttributeValue> KEY =
            Map.of(Attributes.PK, string("deployment"), Attributes.SK, string("accepted"));

    public static final String DIGEST = "digest";

    private static final String CATALOG = "catalog";
    private static final String PRINCIPAL = "principal";
    private static final String BOUNDARY = "permissionsBoundary";
    private static final String LEAVE_ALONE = "leaveAlone";
    private static final String ACCEPTED_AT = "acceptedAt";
    private static final String CALLER = "caller";
    private static final String RELEASED = "released";

    /** Maximum number of characters of a catalog: far more than any has, so that no item fills the memory. */
    private static final int MAX_CATALOG = 4_000_000;

    private AcceptedItem() {}

    /** Returns the item of an acceptance. */
    public static Map<String, AttributeValue> of(Acceptance acceptance) {
        AcceptedSettings settings = acceptance.settings();
        Map<String, AttributeValue> item = new HashMap<>(KEY);
        item.put(DIGEST, string(acceptance.digest()));
        item.put(ACCEPTED_AT, string(acceptance.at().toString()));
        item.put(LEAVE_ALONE, Attributes.strings(settings.leaveAlone()));
        settings.catalog().ifPresent(text -> item.put(CATALOG, AttributeValue.fromB(compressed(text))));
        settings.principal().ifPresent(principal -> item.put(PRINCIPAL, string(principal)));
        settings.boundary().ifPresent(boundary -> item.put(BOUNDARY, string(boundary)));
        acceptance.caller().ifPresent(caller -> item.put(CALLER, string(caller)));
        acceptance.released().ifPresent(released -> item.put(RELEASED, string(released)));
        return item;
    }

    /**
     * Returns the acceptance of an item, without the catalog if its text cannot be read; empty if there is no item.
     */
    public static Optional<Acceptance> read(Map<String, AttributeValue> item) {
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(new Acceptance(
                        new AcceptedSettings(
                                optional(item, CATALOG).flatMap(AcceptedItem::text),
                                text(item, PRINCIPAL),
                                text(item, BOUNDARY),
                                optional(item, LEAVE_ALONE)
                                        .map(list -> Attributes.strings(item, LEAVE_ALONE))
                                        .orElse(List.of())),
                        string(item, DIGEST),
                        Attributes.time(item, ACCEPTED_AT),
                        text(item, CALLER),
                        text(item, RELEASED)));
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(AttributeValue::s);
    }

    private static SdkBytes compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    private static Optional<String> text(AttributeValue value) {
        if (value.b() == null) {
            return Optional.empty();
        }
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(value.b().asByteArray()))) {
            byte[] bytes = gzip.readNBytes(MAX_CATALOG + 1);
            return bytes.length > MAX_CATALOG
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException notReadable) {
            // As if there were none: the guard says so, and roles only grow.
            return Optional.empty();
        }
    }
}
