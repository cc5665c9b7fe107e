package dev.linkedrole.chaos;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.time.TestTimeout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.Message;

/** Comparison of the final state of IAM, the ledger and the queues with the expected one. */
final class Verdict {

    private final InstanceLives lives;
    private final ManualEditor manualEditor;
    private final Producer producer;
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final DynamoDbLedger ledger;
    private final Set<String> letters = new HashSet<>();
    private final List<String> unexplained = new ArrayList<>();

    Verdict(InstanceLives lives, ManualEditor manualEditor, Producer producer, Deployment deployment) {
        this.lives = lives;
        this.manualEditor = manualEditor;
        this.producer = producer;
        this.ledger =
                new DynamoDbLedger(AwsTestClients.DYNAMO_DB, deployment.table(), Optional.empty(), Retry.inRealTime());
    }

    /** Descriptions of missing results; empty if there are none. */
    List<String> lost() {
        drainDeadLetters();
        List<String> lost = new ArrayList<>();
        roles().forEach(role -> {
            if (!role.missing().isEmpty()) {
                lost.add(role.instance().roleName() + " lacks " + role.missing());
            }
        });
        lives.poison().stream()
                .filter(body -> !letters.contains(body))
                .forEach(body -> lost.add("no dead letter: " + body));
        return lost;
    }

    /** Descriptions of excess or changed results. */
    List<String> extra() {
        drainDeadLetters();
        List<String> extra = new ArrayList<>();
        roles().forEach(role -> {
            if (!role.surplus().isEmpty()) {
                extra.add(role.instance().roleName() + " has too much: " + role.surplus());
            }
        });
        letters.stream()
                .filter(body -> !lives.poison().contains(body))
                .forEach(body -> extra.add("a dead letter that is none: " + body));
        unexplained.forEach(body -> extra.add("a dead letter without a reason: " + body));
        manualEditor.touched().forEach(name -> extra.add("a role of somebody else was changed: " + name));
        return extra;
    }

    /** Lists both. */
    List<String> faults() {
        return Stream.concat(lost().stream(), extra().stream()).toList();
    }

    /** Lists the instances whose roles are not as recorded yet, or not known to be. */
    Set<InstanceId> unsettled() {
        Set<InstanceId> pending = new HashSet<>(TestTimeout.await(ledger.pending()));
        ours().filter(instance -> !isSettled(instance)).map(Instance::id).forEach(pending::add);
        lives.instances().stream().filter(manualEditor::owns).map(Instance::id).forEach(pending::remove);
        return pending;
    }

    private boolean isSettled(Instance instance) {
        LinkedRole known = instance.after(lives.of(instance));
        Optional<RoleRecord> found =
                TestTimeout.await(ledger.load(instance.id(), known.grantWrites().keySet()));
        return found.isPresent()
                && found.get().settled()
                && found.get().conditions().isEmpty()
                && found.get().role().equals(known);
    }

    private Stream<Instance> ours() {
        return lives.instances().stream().filter(instance -> !manualEditor.owns(instance));
    }

    private Stream<Compared> roles() {
        return ours().map(this::compare);
    }

    private Compared compare(Instance instance) {
        Optional<SortedSet<Permission>> desired = ExpectedPermissions.after(lives.of(instance));
        if (!iam.exists(instance.roleName())) {
            return new Compared(instance, desired.orElseGet(TreeSet::new), new TreeSet<>());
        }
        IamReader.FoundRole role = iam.get(instance.roleName());
        SortedSet<Permission> surplus = new TreeSet<>(iam.permissions(instance.roleName()));
        SortedSet<Permission> missing = new TreeSet<>(desired.orElseGet(TreeSet::new));
        missing.removeAll(surplus);
        surplus.removeAll(desired.orElseGet(TreeSet::new));
        if (desired.isEmpty()) {
            surplus.add(Permission.of("a role", "at all"));
        } else if (!Permission.parse(role.trustPolicy())
                .equals(Permission.parse(Defaults.COMPILER
                        .compileAnnounced(instance.after(lives.of(instance)))
                        .trustPolicy()))) {
            surplus.add(Permission.of("sts:AssumeRole", role.trustPolicy()));
        }
        if (!role.tags()
                .entrySet()
                .containsAll(Map.of(
                                RoleTags.OWNER_TAG, Defaults.SETTINGS.owner(),
                                RoleTags.INSTANCE_TAG, instance.arn().toString())
                        .entrySet())) {
            missing.add(Permission.of("tags", role.tags().toString()));
        }
        return new Compared(instance, missing, surplus);
    }

    private void drainDeadLetters() {
        for (Inbox inbox : Inbox.values()) {
            List<Message> drained = producer.deadLetters(inbox).drain();
            letters.addAll(drained.stream().map(Message::body).collect(Collectors.toSet()));
            drained.stream()
                    .filter(message -> !message.messageAttributes().containsKey("rejection-reason"))
                    .map(Message::body)
                    .forEach(unexplained::add);
        }
    }

    private record Compared(Instance instance, SortedSet<Permission> missing, SortedSet<Permission> surplus) {}
}
