/** Tests of events, grants and the laws of the state. */
@NullMarked
package dev.linkedrole.role.model;

import org.jspecify.annotations.NullMarked;
