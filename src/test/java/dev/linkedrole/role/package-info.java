/** Tests of the pure core: laws as properties, policies as golden files, the rest as examples. */
@NullMarked
package dev.linkedrole.role;

import org.jspecify.annotations.NullMarked;
