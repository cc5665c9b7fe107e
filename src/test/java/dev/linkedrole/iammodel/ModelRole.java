package dev.linkedrole.iammodel;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A role of the model. */
final class ModelRole {

    final String name;
    final String arn;
    final String path;
    final Instant created;
    /** The service of a service-linked role; null for any other. */
    final @Nullable String service;

    final SortedMap<String, String> tags = new TreeMap<>();
    final SortedMap<String, String> inline = new TreeMap<>();
    final SortedSet<String> attached = new TreeSet<>();
    final SortedSet<String> profiles = new TreeSet<>();
    String description = "";
    String trust = "";

    @Nullable
    String boundary;
    /** Use that keeps the service from releasing the role; null if there is none. */
    @Nullable
    String usedBy;

    ModelRole(String name, String arn, String path, Instant created, @Nullable String service) {
        this.name = name;
        this.arn = arn;
        this.path = path;
        this.created = created;
        this.service = service;
    }

    ModelRole copy() {
        ModelRole copy = new ModelRole(name, arn, path, created, service);
        copy.tags.putAll(tags);
        copy.inline.putAll(inline);
        copy.attached.addAll(attached);
        copy.profiles.addAll(profiles);
        copy.description = description;
        copy.trust = trust;
        copy.boundary = boundary;
        copy.usedBy = usedBy;
        return copy;
    }
}
