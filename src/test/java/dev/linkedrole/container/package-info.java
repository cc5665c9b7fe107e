/** The container image in a Docker engine: what it is made of, and how it runs within its limits. */
@NullMarked
package dev.linkedrole.container;

import org.jspecify.annotations.NullMarked;
