package dev.linkedrole.bench.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Those compared in the intake. */
enum Peer {
    LOOP("loop on the SDK, hand-tuned", "harness", "dev.linkedrole.bench.loop.HandTunedLoop", "", 1, 1),
    OURS("our intake", "service", "dev.linkedrole.bench.service.ReceiverContender", "", 1, 1),
    SPRING_TUNED("Spring Cloud AWS, best tuned", "spring", Peer.SPRING, "tuned", 1, 1),
    SPRING_DEFAULT("Spring Cloud AWS, default", "spring", Peer.SPRING, "default", 4, 8),
    SMALLRYE_BATCHING("SmallRye, best tuned, batching ack", "smallrye", Peer.SMALLRYE, "batching", 2, 10),
    SMALLRYE_TUNED("SmallRye, tuned", "smallrye", Peer.SMALLRYE, "tuned", 5, 20),
    SMALLRYE_DEFAULT("SmallRye, default", "smallrye", Peer.SMALLRYE, "default", 10, 40);

    private static final String SPRING = "dev.linkedrole.bench.spring.SpringContainer";
    private static final String SMALLRYE = "dev.linkedrole.bench.smallrye.SmallRyeConnector";

    /** Those without whom there is no figure that was promised. */
    static final Set<Peer> NECESSARY = EnumSet.of(LOOP, OURS, SPRING_TUNED, SMALLRYE_DEFAULT);

    private final String title;
    private final String module;
    private final String contender;
    private final String argument;
    private final int share;
    private final int shareWithWork;

    Peer(String title, String module, String contender, String argument, int share, int shareWithWork) {
        this.title = title;
        this.module = module;
        this.contender = contender;
        this.argument = argument;
        this.share = share;
        this.shareWithWork = shareWithWork;
    }

    /** Those that were measured with such handlers. */
    static List<Peer> in(Results results, String millis) {
        return Stream.of(values())
                .filter(peer -> results.has(peer.key(millis) + "ratio_to_loop"))
                .toList();
    }

    /** What the names of its figures begin with. */
    String key(String millis) {
        return "intake.detail." + name().toLowerCase(Locale.ROOT) + "." + millis + ".";
    }

    String title() {
        return title;
    }

    String module() {
        return module;
    }

    String contender() {
        return contender;
    }

    List<String> argument() {
        return argument.isEmpty() ? List.of() : List.of(argument);
    }

    /** What the number of messages is divided by: slow ones would else take minutes. */
    int share(int handlerMillis) {
        return handlerMillis == 0 ? share : shareWithWork;
    }
}
