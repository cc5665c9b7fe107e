/** Tests of plans and drift. */
@NullMarked
package dev.linkedrole.role.plan;

import org.jspecify.annotations.NullMarked;
