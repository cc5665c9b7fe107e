/** The conductor: starts all that is measured, in turns, and says what came of it. */
package dev.linkedrole.bench.run;
