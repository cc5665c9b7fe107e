package dev.linkedrole.testing.iam;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Grants of bots, some hundreds of which exceed an inline policy. */
public final class Bots {

    /** Maximum number of bots that fit into the inline policy. */
    public static final int FIT_INLINE = 148;

    private Bots() {}

    public static String bot(int number) {
        return "arn:aws:lex:us-west-2:111122223333:bot:CustomerServiceBot%04d".formatted(number);
    }

    /** Enables the bots of these numbers. */
    public static RoleEvent enabled(Instance instance, int second, int from, int to) {
        return instance.enabled(second, "lex-bots", bots(from, to));
    }

    /** Disables the bots of these numbers. */
    public static RoleEvent disabled(Instance instance, int second, int from, int to) {
        return instance.disabled(second, "lex-bots", bots(from, to));
    }

    private static String[] bots(int from, int to) {
        return IntStream.range(from, to).mapToObj(Bots::bot).toArray(String[]::new);
    }

    /** Permissions for the bots of these numbers, without those of every role. */
    public static Set<Permission> permissions(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Permission.of("lex:PostContent", bot(number) + ":*"))
                .collect(Collectors.toSet());
    }
}
