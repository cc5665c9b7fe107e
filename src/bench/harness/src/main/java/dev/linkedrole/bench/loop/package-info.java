/** The loops written by hand, with nothing between them and the SDK: what a framework or a controller has to be compared with. */
package dev.linkedrole.bench.loop;
