/** Tests of the API, as its callers see it. */
@NullMarked
package dev.linkedrole.api;

import org.jspecify.annotations.NullMarked;
