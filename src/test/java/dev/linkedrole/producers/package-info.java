/** Tests of the material for producers: the AsyncAPI document, its pages, and the examples. */
@NullMarked
package dev.linkedrole.producers;

import org.jspecify.annotations.NullMarked;
