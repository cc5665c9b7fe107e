package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.agreement.Evaluator.Document;
import dev.linkedrole.agreement.Evaluator.Use;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Drift;
import dev.linkedrole.role.policy.PolicyDifference;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ExpectedFingerprint;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.ObservedRole;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Documents of a role with one or two changes: if the public evaluator answers any request differently, or rejects the
 * document, every comparison reports the role as different. A few hundred random changes in each run.
 */
class UnseenDriftTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHANGES = Integer.getInteger("drift.changes", 400);
    private static final PolicySlot FIRST = new PolicySlot(1);

    private final long seed = Long.getLong("drift.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Instance instance = Instance.random();
    private final DesiredRole.Present desired = Defaults.COMPILER.compileAnnounced(instance.after(List.of(
            instance.created(0),
            instance.enabled(1, "call-recordings", "arn:aws:s3:::acme-recordings"),
            instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"),
            Bots.enabled(instance, 2, 0, Bots.FIT_INLINE + 10))));
    private final String arn = "arn:aws:iam::111122223333:role" + desired.path() + desired.name();
    private final PolicyArns arns = PolicyArns.of(arn, desired.path(), desired.name());

    @Test
    void a_change_that_the_evaluator_notices_is_a_difference() throws JsonProcessingException {
        // Given the documents of a role, each as it is and then changed
        List<Part> parts = List.of(Part.values());
        List<Changed> all = new ArrayList<>();
        for (Part part : parts) {
            JsonNode asItIs = JSON.readTree(textOf(part));
            all.add(new Changed(part, asItIs));
            for (int i = 0; i < CHANGES / parts.size(); i++) {
                JsonNode once = Mutation.of(asItIs, random);
                all.add(new Changed(part, i % 3 == 0 ? Mutation.of(once, random) : once));
            }
        }

        // When the evaluator is asked
        List<String> verdicts = Evaluator.verdicts(
                Path.of("target", "unseen-drift"),
                all.stream().map(this::question).toList());

        // Then what is another policy to it, or none, is nowhere taken for what it was
        String right = "";
        int noticed = 0;
        for (int i = 0; i < all.size(); i++) {
            Changed changed = all.get(i);
            if (i == 0 || changed.part() != all.get(i - 1).part()) {
                right = verdicts.get(i);
                assertThat(right).contains("Allowed").doesNotContain(Evaluator.REFUSED);
                assertThat(differs(changed)).as("the role as it is").containsOnly(false);
            } else if (!verdicts.get(i).equals(right)) {
                noticed++;
                assertThat(differs(changed))
                        .as("drift.seed=%s: %s is not noticed in %s", seed, changed.part(), changed.document())
                        .containsOnly(true);
            }
        }
        assertThat(noticed).isGreaterThan(CHANGES / 4);
    }

    /** Returns the results of all comparisons of a document: the API, a read, a scan, and the history. */
    private List<Boolean> differs(Changed changed) {
        String text = changed.document().toString();
        SortedMap<String, String> inline = new TreeMap<>(desired.inlinePolicies());
        SortedMap<PolicySlot, ManagedPolicy> managed = new TreeMap<>();
        SortedMap<String, String> glanced = new TreeMap<>();
        desired.packing().documents().forEach((slot, json) -> {
            if (!slot.isInline()) {
                managed.put(
                        slot, new ManagedPolicy("v1", changed.part() == Part.MANAGED ? text : json, desired.tags()));
                glanced.put(arns.of(slot), managed.get(slot).document());
            }
        });
        if (changed.part() == Part.INLINE) {
            inline.put(PolicySlot.INLINE_POLICY, text);
        }
        ActualRole.Present role = new ActualRole.Present(
                arn,
                Instant.EPOCH,
                "",
                changed.part() == Part.TRUST ? text : desired.trustPolicy(),
                desired.tags(),
                Optional.empty(),
                inline,
                new TreeSet<>(glanced.keySet()));
        ObservedRole found = new ObservedRole(role, arns, managed);
        ExpectedFingerprint expectation = ExpectedFingerprint.of(desired, arns, managed.size());
        boolean glance = expectation.isMetBy(role)
                && glanced.entrySet().stream()
                        .allMatch(policy -> expectation.isMetBy(policy.getKey(), policy.getValue()));
        return List.of(
                !PolicyDifference.of(Optional.of(textOf(changed.part())), Optional.of(text))
                        .equal(),
                !found.fingerprint(desired).equals(desired.fingerprint()),
                !glance,
                Drift.of(desired.fingerprint(), desired, found).stream()
                        .anyMatch(difference -> !difference.missing().isEmpty()
                                || !difference.extra().isEmpty()));
    }

    private String textOf(Part part) {
        return switch (part) {
            case TRUST -> desired.trustPolicy();
            case INLINE -> desired.inlinePolicies().firstEntry().getValue();
            case MANAGED ->
                Optional.ofNullable(desired.packing().documents().get(FIRST)).orElseThrow();
        };
    }

    private Document question(Changed changed) {
        try {
            return new Document(
                    Instance.ACCOUNT,
                    changed.document(),
                    changed.part() == Part.TRUST,
                    changed.part() == Part.TRUST
                            ? assuming()
                            : uses(JSON.readTree(textOf(changed.part()))).toList());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private List<Use> assuming() {
        return Stream.of(
                        "connect.amazonaws.com",
                        "connect.amazonaws.comx",
                        "lex.amazonaws.com",
                        "arn:aws:iam::111122223333:user/somebody",
                        "arn:aws:iam::444455556666:role/another")
                .map(principal -> new Use(principal, "sts:AssumeRole", arn, Map.of()))
                .toList();
    }

    /**
     * Returns requests for the first and the last action of each statement on its first resource, and for an action
     * that nothing allows.
     */
    private Stream<Use> uses(JsonNode policy) {
        Stream<Use> granted = StreamSupport.stream(policy.get("Statement").spliterator(), false)
                .flatMap(statement -> {
                    List<String> actions = texts(statement.get("Action"));
                    String resource =
                            texts(statement.get("Resource")).getFirst().replace("*", "sample");
                    return Stream.of(actions.getFirst(), actions.getLast())
                            .distinct()
                            .map(action -> used(action.replace("*", "GetMetricData"), resource));
                });
        return Stream.concat(
                granted, Stream.of(used("s3:GetObject", "arn:aws:s3:::another/sample"), used("iam:DeleteRole", arn)));
    }

    private Use used(String action, String resource) {
        return new Use(arn, action, resource, Map.of("cloudwatch:namespace", "AWS/Connect"));
    }

    private static List<String> texts(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? StreamSupport.stream(oneOrMore.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(oneOrMore.asText());
    }

    private enum Part {
        TRUST,
        INLINE,
        MANAGED
    }

    private record Changed(Part part, JsonNode document) {}
}
