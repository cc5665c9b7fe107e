/** Tests what {@code deploy} has for AWS: its templates are applied to the local one, and the records of what is shipped are checked. */
@NullMarked
package dev.linkedrole.deploy;

import org.jspecify.annotations.NullMarked;
