/**
 * A process of its own for each of those compared: it is told over its standard input what to drain, measures itself while
 * it does, and answers on its standard output. It ends with its input, so that none is left behind.
 */
package dev.linkedrole.bench.worker;
