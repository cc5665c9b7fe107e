/** Tests of the client for Amazon Connect. */
@NullMarked
package dev.linkedrole.connect.aws;

import org.jspecify.annotations.NullMarked;
