/**
 * Where the parts are put together and the service begins. The only package that knows all rooms.
 */
@NullMarked
package dev.linkedrole;

import org.jspecify.annotations.NullMarked;
