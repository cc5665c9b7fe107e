/** Spring Cloud AWS, as it comes and as fast as its options make it. */
package dev.linkedrole.bench.spring;
