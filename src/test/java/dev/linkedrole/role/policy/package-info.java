/** Tests of policy documents. */
@NullMarked
package dev.linkedrole.role.policy;

import org.jspecify.annotations.NullMarked;
