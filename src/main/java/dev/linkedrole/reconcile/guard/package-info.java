/**
 * Guard against changed settings: compares them with those that were accepted last, holds a change that would take
 * permissions from recorded roles, and releases it when an operator says so.
 *
 * <p>May use {@code ledger}, {@code reconcile.apply}, {@code retry}, {@code role.catalog}, {@code role.guard},
 * {@code role.identity}, {@code role.model}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile.guard;

import org.jspecify.annotations.NullMarked;
