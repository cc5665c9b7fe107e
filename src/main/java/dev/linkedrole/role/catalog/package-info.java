/**
 * Catalog of features: which resources a feature takes and which statements it grants on them.
 *
 * <p>May use {@code role.identity}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.role.catalog;

import org.jspecify.annotations.NullMarked;
