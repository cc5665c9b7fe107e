/** Tests of authentication. */
@NullMarked
package dev.linkedrole.api.security;

import org.jspecify.annotations.NullMarked;
