package dev.linkedrole.iammodel;

import java.util.SortedMap;
import java.util.TreeMap;

/** A managed policy of the model. */
final class ModelPolicy {

    final String name;
    final String arn;
    final String path;
    final SortedMap<String, String> tags = new TreeMap<>();
    /** Documents by version number. */
    final SortedMap<Integer, String> versions = new TreeMap<>();

    int defaultVersion = 1;
    int newest = 1;

    ModelPolicy(String name, String arn, String path) {
        this.name = name;
        this.arn = arn;
        this.path = path;
    }

    /** The document in force. */
    String document() {
        return versions.getOrDefault(defaultVersion, "");
    }

    ModelPolicy copy() {
        ModelPolicy copy = new ModelPolicy(name, arn, path);
        copy.tags.putAll(tags);
        copy.versions.putAll(versions);
        copy.defaultVersion = defaultVersion;
        copy.newest = newest;
        return copy;
    }
}
