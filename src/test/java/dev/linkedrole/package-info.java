/** Tests of the project as a whole: architecture, packaged service, pages. */
@NullMarked
package dev.linkedrole;

import org.jspecify.annotations.NullMarked;
