/** Parts of the service itself. */
package dev.linkedrole.bench.service;
