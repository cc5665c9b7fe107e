package dev.linkedrole.iammodel;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The present state of a role, regardless of lag.
 *
 * @param inline its inline policies, by name
 * @param attached documents of its attached managed policies, by ARN; empty for AWS's own policies
 * @param boundary the ARN of its permissions boundary
 */
public record SeenRole(
        String arn,
        Instant created,
        String trust,
        String description,
        SortedMap<String, String> tags,
        SortedMap<String, String> inline,
        SortedMap<String, String> attached,
        Optional<String> boundary) {}
