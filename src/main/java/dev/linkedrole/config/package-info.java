/**
 * What can be configured: {@link dev.linkedrole.config.ControllerConfig}. Uses nothing; any room but the pure ones may read
 * it.
 */
@NullMarked
package dev.linkedrole.config;

import org.jspecify.annotations.NullMarked;
