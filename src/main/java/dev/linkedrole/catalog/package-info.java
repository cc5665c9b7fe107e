/**
 * Catalog files: reading and checking the YAML that becomes a
 * {@link dev.linkedrole.role.catalog.FeatureCatalog}.
 *
 * <p>May use {@code role.catalog}, {@code role.model}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.catalog;

import org.jspecify.annotations.NullMarked;
