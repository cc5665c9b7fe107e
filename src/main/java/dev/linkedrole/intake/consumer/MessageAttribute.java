package dev.linkedrole.intake.consumer;

import java.util.HexFormat;

/** A message attribute that the sender has set. It is passed on and never interpreted by its type. */
public sealed interface MessageAttribute {

    /** The type that the sender gave it, such as {@code String} or {@code Number.float}. */
    String type();

    /** Attribute with a text, or a number written as text. */
    record Text(String type, String value) implements MessageAttribute {}

    /**
     * Attribute with arbitrary bytes.
     *
     * @param hex its bytes, two digits each
     */
    record Binary(String type, String hex) implements MessageAttribute {

        public static Binary of(String type, byte[] bytes) {
            return new Binary(type, HexFormat.of().formatHex(bytes));
        }

        public byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }
}
