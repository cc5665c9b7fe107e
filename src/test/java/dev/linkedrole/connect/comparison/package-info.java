/** Tests of the comparison of Amazon Connect with what is recorded. */
@NullMarked
package dev.linkedrole.connect.comparison;

import org.jspecify.annotations.NullMarked;
