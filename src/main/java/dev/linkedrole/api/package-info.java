/**
 * What operators may ask: why a role is as it is. REST resources, and who may call them.
 *
 * <p>May use {@code role}, {@code retry}, {@code ledger} and {@code reconcile}.
 */
@NullMarked
package dev.linkedrole.api;

import org.jspecify.annotations.NullMarked;
