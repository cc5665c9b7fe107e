/** Local AWS for tests: the server, clients, proxies and queues. */
@NullMarked
package dev.linkedrole.testing.aws;

import org.jspecify.annotations.NullMarked;
