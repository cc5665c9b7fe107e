@NullMarked
package dev.linkedrole.concurrent;

import org.jspecify.annotations.NullMarked;
