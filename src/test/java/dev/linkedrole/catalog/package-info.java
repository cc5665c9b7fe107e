/** Tests of how catalog files are read, and of what is said of those that cannot be. */
@NullMarked
package dev.linkedrole.catalog;

import org.jspecify.annotations.NullMarked;
