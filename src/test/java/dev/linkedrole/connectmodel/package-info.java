/**
 * Model of Amazon Connect in memory, since no emulator has the calls that read an instance's settings. It is held to the
 * public model of the API ({@link dev.linkedrole.connectmodel.ApiModel}): it takes no request, and gives no answer, that
 * does not fit.
 */
@NullMarked
package dev.linkedrole.connectmodel;

import org.jspecify.annotations.NullMarked;
