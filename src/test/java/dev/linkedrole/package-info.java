/** Tests of the project as a whole. */
@NullMarked
package dev.linkedrole;

import org.jspecify.annotations.NullMarked;
