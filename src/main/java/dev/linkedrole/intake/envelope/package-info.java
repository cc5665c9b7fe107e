/**
 * Envelopes, events and API calls: strict reading of message bodies, with rejections that name the field.
 *
 * <p>May use {@code role.catalog}, {@code role.model}, {@code role.outcome}.
 */
@NullMarked
package dev.linkedrole.intake.envelope;

import org.jspecify.annotations.NullMarked;
