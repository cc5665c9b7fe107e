package dev.linkedrole.iammodel;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A role as it is, whatever calls can see of it.
 *
 * @param inline its inline policies, by name
 * @param attached what the managed policies attached to it say, by ARN; nothing for those of AWS's own
 * @param boundary the ARN of what bounds it
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
