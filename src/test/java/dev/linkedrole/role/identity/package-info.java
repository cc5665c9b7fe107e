/** Tests of names, tags and origins. */
@NullMarked
package dev.linkedrole.role.identity;

import org.jspecify.annotations.NullMarked;
