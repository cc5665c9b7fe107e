/**
 * Composition root: the main class and the wiring of all parts. The only package that may use every other one.
 */
@NullMarked
package dev.linkedrole;

import org.jspecify.annotations.NullMarked;
