/**
 * What can be configured ({@link dev.linkedrole.config.ControllerConfig}), and how the parts are put together from it.
 *
 * <p>The only package that knows them all; any of them but {@code role} may read the configuration.
 */
@NullMarked
package dev.linkedrole.config;

import org.jspecify.annotations.NullMarked;
