/**
 * Java agent that records what a process reflects on. It is a jar of these two classes, and so uses the JDK alone.
 */
@NullMarked
package dev.linkedrole.nativeimage.agent;

import org.jspecify.annotations.NullMarked;
