/** Tests of the configuration and of the messages on invalid settings. */
@NullMarked
package dev.linkedrole.config;

import org.jspecify.annotations.NullMarked;
