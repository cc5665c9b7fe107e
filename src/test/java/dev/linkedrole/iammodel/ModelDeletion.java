package dev.linkedrole.iammodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The deletion of a service-linked role, which its service has to agree to.
 *
 * @param role the role's name
 * @param endsAt until when it is in progress
 * @param usedBy why it fails then; null if it succeeds
 */
record ModelDeletion(String role, Instant endsAt, @Nullable String usedBy) {}
