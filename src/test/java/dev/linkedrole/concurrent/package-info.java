/** Tests of loops that neither nest nor overlap. */
@NullMarked
package dev.linkedrole.concurrent;

import org.jspecify.annotations.NullMarked;
