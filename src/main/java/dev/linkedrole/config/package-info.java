/**
 * Configuration: every property with its default and bounds ({@link dev.linkedrole.config.ControllerConfig}),
 * and the checks at start.
 *
 * <p>May use {@code role.packing}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.config;

import org.jspecify.annotations.NullMarked;
