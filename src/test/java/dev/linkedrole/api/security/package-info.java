/** Tests of who may call. */
@NullMarked
package dev.linkedrole.api.security;

import org.jspecify.annotations.NullMarked;
