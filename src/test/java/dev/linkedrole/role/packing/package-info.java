/** Tests of packing statements into policies. */
@NullMarked
package dev.linkedrole.role.packing;

import org.jspecify.annotations.NullMarked;
