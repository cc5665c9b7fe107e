/**
 * Ports to Amazon Connect, read only: the instances of an account and region, their settings one by one and whole, and
 * the rate of requests.
 *
 * <p>May use {@code loop}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect;

import org.jspecify.annotations.NullMarked;
