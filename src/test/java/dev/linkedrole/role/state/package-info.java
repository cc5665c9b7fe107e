/** Tests of compiled, actual and observed roles; golden files of policies. */
@NullMarked
package dev.linkedrole.role.state;

import org.jspecify.annotations.NullMarked;
