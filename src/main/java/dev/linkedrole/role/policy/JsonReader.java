package dev.linkedrole.role.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict reader of JSON (RFC 8259). It rejects texts that readers interpret differently: a name twice in one object,
 * and content after the value's end. The policy builder's own reader is not suitable for comparisons, since it drops
 * content that its model lacks.
 */
final class JsonReader {

    /** Maximum depth: more than twice that of any policy. */
    private static final int DEEPEST = 32;

    private static final Pattern TOKEN =
            Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String json;
    private int at = 0;

    private JsonReader(String json) {
        this.json = json;
    }

    /** Reads a value; empty if the text is not JSON. */
    static Optional<Json> read(String json) {
        JsonReader reader = new JsonReader(json);
        try {
            Json value = reader.value(0);
            reader.skipSpace();
            return reader.at == json.length() ? Optional.of(value) : Optional.empty();
        } catch (NotJsonException notJson) {
            return Optional.empty();
        }
    }

    private Json value(int depth) {
        if (depth > DEEPEST) {
            throw new NotJsonException();
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> new Json.Members(members(depth));
            case '[' -> new Json.Elements(elements(depth));
            case '"' -> new Json.Text(text());
            default -> new Json.Token(matched(TOKEN));
        };
    }

    private Map<String, Json> members(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (boolean more = begins('}'); more; more = goesOn('}')) {
            skipSpace();
            String name = text();
            skipSpace();
            require(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw new NotJsonException();
            }
        }
        return members;
    }

    private List<Json> elements(int depth) {
        List<Json> elements = new ArrayList<>();
        for (boolean more = begins(']'); more; more = goesOn(']')) {
            elements.add(value(depth + 1));
        }
        return elements;
    }

    /** True if there is content between an opening bracket and the closing one. */
    private boolean begins(char end) {
        at++;
        skipSpace();
        return !skips(end);
    }

    private boolean goesOn(char end) {
        skipSpace();
        if (skips(end)) {
            return false;
        }
        require(',');
        return true;
    }

    private String text() {
        require('"');
        String plain = plain();
        if (skips('"')) {
            return plain;
        }
        StringBuilder text = new StringBuilder(plain);
        while (!skips('"')) {
            require('\\');
            text.append(escaped()).append(plain());
        }
        return text.toString();
    }

    /** Reads characters that stand for themselves. */
    private String plain() {
        int from = at;
        while (at < json.length() && json.charAt(at) >= ' ' && json.charAt(at) != '"' && json.charAt(at) != '\\') {
            at++;
        }
        return json.substring(from, at);
    }

    private char escaped() {
        if (skips('u')) {
            return (char) Integer.parseInt(matched(HEX), 16);
        }
        int escape = ESCAPES.indexOf(peek());
        if (escape < 0) {
            throw new NotJsonException();
        }
        at++;
        return ESCAPED.charAt(escape);
    }

    private String matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(json).region(at, json.length());
        if (!matcher.lookingAt()) {
            throw new NotJsonException();
        }
        at = matcher.end();
        return matcher.group();
    }

    private void skipSpace() {
        while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skips(char expected) {
        boolean there = at < json.length() && json.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private void require(char expected) {
        if (!skips(expected)) {
            throw new NotJsonException();
        }
    }

    private char peek() {
        if (at == json.length()) {
            throw new NotJsonException();
        }
        return json.charAt(at);
    }

    /** Ends the reading of a text that is not JSON. */
    private static final class NotJsonException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotJsonException() {
            super("not JSON", null, false, false);
        }
    }
}
