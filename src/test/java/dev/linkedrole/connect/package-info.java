/** Tests of what is read from Amazon Connect, and of its pace. */
@NullMarked
package dev.linkedrole.connect;

import org.jspecify.annotations.NullMarked;
