/** Tests of retries. */
@NullMarked
package dev.linkedrole.retry;

import org.jspecify.annotations.NullMarked;
