package dev.linkedrole.bench.smallrye;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The consumer as its documentation has it. */
@ApplicationScoped
public class Consumer {

    @Incoming("bench")
    Uni<Void> consume(String body) {
        return Uni.createFrom().completionStage(Current.work().handle(body));
    }
}
