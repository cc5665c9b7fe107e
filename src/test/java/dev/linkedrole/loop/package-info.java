/** Tests of loops that neither nest nor overlap. */
@NullMarked
package dev.linkedrole.loop;

import org.jspecify.annotations.NullMarked;
