package dev.linkedrole.chaos;

import dev.linkedrole.attack.HostileMessages;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.GrantTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Histories of hundreds of instances, and their messages: in any order, some twice or more, some malformed. */
final class InstanceLives {

    /** A message for a queue. */
    record Sending(Inbox inbox, String body) {}

    private static final List<GrantTable.Row> ROWS = ContractTable.rows().toList();

    /** Number of distinct seconds: few, so that many events have the same time and ties matter. */
    private static final int SECONDS = 12;

    private static final EventDecoder DECODER = Defaults.decoder(Defaults.CATALOG);

    private final Random random;
    private final Map<Instance, List<RoleEvent>> events = new LinkedHashMap<>();
    private final Set<String> poison = new TreeSet<>();

    InstanceLives(int instances, int eventsEach, Random random) {
        this.random = random;
        for (int i = 0; i < instances; i++) {
            Instance instance = Instance.random();
            events.put(instance, life(instance, eventsEach));
        }
        new HostileMessages(random)
                .sendable()
                // Ten bodies have to fit into one request.
                .filter(body -> body.length() < 50_000)
                .filter(InstanceLives::isRejected)
                .limit(Math.max(5, instances / 5))
                .forEach(poison::add);
    }

    private static boolean isRejected(String body) {
        try {
            DECODER.decode(body);
            return false;
        } catch (RejectedException rejected) {
            return true;
        }
    }

    private List<RoleEvent> life(Instance instance, int count) {
        List<RoleEvent> life = new ArrayList<>();
        life.add(instance.created(random.nextInt(SECONDS)));
        // Few features and resources, so that they recur.
        List<GrantTable.Row> rows = Stream.generate(() -> any(ROWS)).limit(4).toList();
        for (int i = 2; i < count; i++) {
            GrantTable.Row row = any(rows);
            String[] resources = row.resources().stream()
                    .map(resource -> resource + "-" + random.nextInt(3))
                    .toArray(String[]::new);
            int second = random.nextInt(SECONDS);
            life.add(
                    switch (random.nextInt(8)) {
                        case 0 -> instance.disabled(second, row.feature());
                        case 1, 2 -> instance.disabled(second, row.feature(), resources);
                        default -> instance.enabled(second, row.feature(), resources);
                    });
        }
        if (random.nextInt(4) == 0) {
            life.add(instance.deleted(random.nextInt(SECONDS)));
        }
        return life;
    }

    Set<Instance> instances() {
        return events.keySet();
    }

    List<RoleEvent> of(Instance instance) {
        return events.getOrDefault(instance, List.of());
    }

    int count() {
        return events.values().stream().mapToInt(List::size).sum();
    }

    /** Returns the bodies that cannot be accepted. */
    Set<String> poison() {
        return Collections.unmodifiableSet(poison);
    }

    /** Returns all messages in one random order. */
    List<Sending> sendings() {
        List<Sending> sendings = new ArrayList<>();
        events.values().stream().flatMap(List::stream).forEach(event -> {
            // The same event in any envelope, and in any queue.
            for (int times = random.nextInt(8) == 0 ? 2 + random.nextInt(2) : 1; times > 0; times--) {
                String body = Envelopes.any(random).wrap(event).toString();
                sendings.add(new Sending(random.nextInt(4) == 0 ? Inbox.any(random) : Inbox.of(event), body));
            }
        });
        poison.forEach(body -> sendings.add(new Sending(Inbox.any(random), body)));
        Collections.shuffle(sendings, random);
        return sendings;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
