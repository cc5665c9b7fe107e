package dev.linkedrole.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Registrations of a type.
 *
 * @param registered false if it is not
 * @param all kinds of member of which all are: the names that end in {@code Constructors}, {@code Methods} or {@code Fields}
 * @param methods names of the methods that may be called, constructors as {@code <init>}
 * @param queried names of the methods that may be looked up
 * @param fields names of the fields
 */
record RegisteredType(
        boolean registered, Set<String> all, Set<String> methods, Set<String> queried, Set<String> fields) {

    static final RegisteredType NOT = new RegisteredType(false, Set.of(), Set.of(), Set.of(), Set.of());

    static RegisteredType of(JsonNode type) {
        Set<String> all = new HashSet<>();
        type.properties().forEach(property -> {
            if (property.getValue().isBoolean() && property.getValue().asBoolean()) {
                all.add(property.getKey());
            }
        });
        return new RegisteredType(
                true, all, names(type.path("methods")), names(type.path("queriedMethods")), names(type.path("fields")));
    }

    RegisteredType and(RegisteredType other) {
        return new RegisteredType(
                registered || other.registered,
                union(all, other.all),
                union(methods, other.methods),
                union(queried, other.queried),
                union(fields, other.fields));
    }

    /** True if its constructors, or one of them, may be looked up. */
    boolean hasConstructors() {
        return all("Constructors") || methods.contains("<init>") || queried.contains("<init>");
    }

    /** True if its methods, or some of them, may be looked up. */
    boolean hasMethods() {
        return all("Methods")
                || methods.stream().anyMatch(name -> !name.equals("<init>"))
                || queried.stream().anyMatch(name -> !name.equals("<init>"));
    }

    boolean hasMethod(String name) {
        return all("Methods") || methods.contains(name) || queried.contains(name);
    }

    boolean hasFields() {
        return all("Fields") || !fields.isEmpty();
    }

    boolean hasField(String name) {
        return all("Fields") || fields.contains(name);
    }

    boolean mayCall(String method) {
        return methods.contains(method) || mayCallAll(method.equals("<init>") ? "Constructors" : "Methods");
    }

    private boolean mayCallAll(String members) {
        return all.contains("allDeclared" + members) || all.contains("allPublic" + members);
    }

    private boolean all(String members) {
        return all.stream().anyMatch(each -> each.endsWith(members));
    }

    private static Set<String> names(JsonNode members) {
        Set<String> names = new HashSet<>();
        members.forEach(member -> names.add(member.path("name").asText()));
        return names;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
