/** What producers hold on to: the AsyncAPI document, the pages made for them, and the examples they copy. */
@NullMarked
package dev.linkedrole.producers;

import org.jspecify.annotations.NullMarked;
