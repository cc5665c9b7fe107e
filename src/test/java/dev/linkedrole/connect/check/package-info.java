/** Tests of the check against Amazon Connect. */
@NullMarked
package dev.linkedrole.connect.check;

import org.jspecify.annotations.NullMarked;
