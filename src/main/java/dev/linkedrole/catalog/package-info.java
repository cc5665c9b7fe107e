/**
 * Catalog files: how the YAML that says what a service's roles may be granted becomes a {@link
 * dev.linkedrole.role.FeatureCatalog}.
 *
 * <p>May use {@code role} only.
 */
@NullMarked
package dev.linkedrole.catalog;

import org.jspecify.annotations.NullMarked;
