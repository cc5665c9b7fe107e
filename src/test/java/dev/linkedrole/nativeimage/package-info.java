/**
 * Native executable: what the packaged service reflects on, against what the build registers for the executable.
 */
@NullMarked
package dev.linkedrole.nativeimage;

import org.jspecify.annotations.NullMarked;
