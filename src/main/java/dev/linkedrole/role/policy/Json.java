package dev.linkedrole.role.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value as it was in its text: no part of it is dropped or changed. */
sealed interface Json {

    /** An object, its members in the order in which they are written. */
    record Members(Map<String, Json> members) implements Json {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** Returns the object without one member. */
        Members without(String name) {
            Map<String, Json> others = new LinkedHashMap<>(members);
            others.remove(name);
            return new Members(others);
        }

        /** Returns the object with one more member. */
        Members with(String name, Json value) {
            Map<String, Json> all = new LinkedHashMap<>(members);
            all.put(name, value);
            return new Members(all);
        }
    }

    /** An array. */
    record Elements(List<Json> elements) implements Json {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /** A string, without quotes and escapes. */
    record Text(String value) implements Json {}

    /** A number, {@code true}, {@code false} or {@code null}, in its original spelling. */
    record Token(String spelling) implements Json {}

    /** Returns the value as text without white space. */
    default String compact() {
        StringBuilder text = new StringBuilder();
        appendTo(text);
        return text.toString();
    }

    private void appendTo(StringBuilder text) {
        switch (this) {
            case Members(Map<String, Json> members) -> {
                String before = "{";
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    quote(member.getKey(), text.append(before));
                    member.getValue().appendTo(text.append(':'));
                    before = ",";
                }
                text.append(members.isEmpty() ? "{}" : "}");
            }
            case Elements(List<Json> elements) -> {
                String before = "[";
                for (Json element : elements) {
                    element.appendTo(text.append(before));
                    before = ",";
                }
                text.append(elements.isEmpty() ? "[]" : "]");
            }
            case Text(String value) -> quote(value, text);
            case Token(String spelling) -> text.append(spelling);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < ' ') {
                        text.append("\\u%04X".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
