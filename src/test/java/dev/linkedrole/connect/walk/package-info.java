/** Tests of walks over instances, in virtual time. */
@NullMarked
package dev.linkedrole.connect.walk;

import org.jspecify.annotations.NullMarked;
