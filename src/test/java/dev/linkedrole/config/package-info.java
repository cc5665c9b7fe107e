/** What can be configured, and what is said of what cannot. */
@NullMarked
package dev.linkedrole.config;

import org.jspecify.annotations.NullMarked;
