/** Tests of the keys of components and of fingerprints. */
@NullMarked
package dev.linkedrole.role.fingerprint;

import org.jspecify.annotations.NullMarked;
