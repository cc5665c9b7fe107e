/** Tests of dead letters, with a model of their queue. */
@NullMarked
package dev.linkedrole.intake.deadletters;

import org.jspecify.annotations.NullMarked;
