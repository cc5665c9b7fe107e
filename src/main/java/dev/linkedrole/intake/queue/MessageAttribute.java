package dev.linkedrole.intake.queue;

import java.util.HexFormat;

/** What a sender put beside a message's body. It is passed on, and never interpreted by its type. */
public sealed interface MessageAttribute {

    /** The type that the sender gave it, such as {@code String} or {@code Number.float}. */
    String type();

    /** One that is text, or a number written as text. */
    record Text(String type, String value) implements MessageAttribute {}

    /**
     * One of any bytes.
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
