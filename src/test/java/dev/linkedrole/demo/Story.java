package dev.linkedrole.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Script of a demo: chapters, each with claims that are checked. */
abstract class Story {

    static final String CREATED = "linked-role-instance-created";
    static final String FEATURES = "linked-role-feature-enabled";
    static final String DELETED = "linked-role-instance-deleted";

    static final ObjectMapper JSON = new ObjectMapper();

    final Terminal terminal = new Terminal();
    final LocalAccount account;
    final ServiceProcess service;

    Story(LocalAccount account, ServiceProcess service) {
        this.account = account;
        this.service = service;
    }

    /** Tells the story. Returns true if every claim holds. */
    abstract boolean tell() throws IOException, InterruptedException;

    /** Sends a message to a queue, and waits until the queue has none. */
    final void send(String queue, String what, String body) {
        terminal.sent(what);
        account.send(queue, body);
        account.awaitDone(queue);
    }

    final void stopped() throws InterruptedException {
        terminal.chapter("The service is told to stop");
        terminal.check(service.stop() == 0, "it finished what was in flight and ended with 0");
    }
}
