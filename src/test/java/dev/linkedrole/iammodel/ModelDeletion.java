package dev.linkedrole.iammodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Deletion of a service-linked role, which its service may reject.
 *
 * @param role the role's name
 * @param endsAt end of the deletion
 * @param usedBy reason why it fails; null if it succeeds
 */
record ModelDeletion(String role, Instant endsAt, @Nullable String usedBy) {}
