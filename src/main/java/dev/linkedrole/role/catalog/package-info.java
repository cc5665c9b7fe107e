/**
 * Catalog of features: which resources a feature takes, which statements it grants on them, and which API calls become
 * events.
 *
 * <p>May use {@code role.identity}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.role.catalog;

import org.jspecify.annotations.NullMarked;
