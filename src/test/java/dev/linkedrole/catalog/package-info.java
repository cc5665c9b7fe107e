/** Tests of reading catalog files and of the messages on faulty ones. */
@NullMarked
package dev.linkedrole.catalog;

import org.jspecify.annotations.NullMarked;
