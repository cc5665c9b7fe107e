/** From events to policies, written by hand: what it costs at least, and what it costs where nobody thought about it. */
package dev.linkedrole.bench.pipeline;
