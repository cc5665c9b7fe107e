package dev.linkedrole.simulation.checks;

import dev.linkedrole.iammodel.SeenRole;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.ReferenceRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.HistoryRows;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.iam.Permission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Conditions that must hold some time after the last fault. */
public final class Liveness {

    private final Cloud cloud;
    private final Setting setting;
    private final Safety safety;
    private final Function<String, Optional<RoleEvent>> decoder;
    private final PolicyCompiler compiler;
    private final List<String> missing = new ArrayList<>();

    public Liveness(Cloud cloud, Setting setting, Safety safety, Function<String, Optional<RoleEvent>> decoder) {
        this.cloud = cloud;
        this.setting = setting;
        this.safety = safety;
        this.decoder = decoder;
        this.compiler = new PolicyCompiler(Defaults.CATALOG, setting.roles());
    }

    /** Descriptions of missing results. */
    public List<String> missing() {
        missing.clear();
        require(cloud.queue.isEmpty(), cloud.queue.size() + " messages are still in the queue");
        setting.lives().forEach(this::look);
        leftovers();
        return List.copyOf(missing);
    }

    private void look(InstanceLife life) {
        List<RoleEvent> recorded = life.those(cloud.table.events(life.instance().id()));
        life.events().stream()
                .filter(event -> !recorded.contains(event) && !isRejected(event))
                .forEach(lost -> missing.add("the event " + lost.eventId() + " is neither recorded nor refused"));
        ReferenceRole reference = new ReferenceRole(recorded);
        Optional<RoleRecord> record = cloud.table.load(life.instance().id());
        require(
                record.map(known -> known.role().grants().equals(reference.grants()))
                        .orElse(recorded.isEmpty()),
                "the record of " + life.roleName(cloud) + " is not what its events say");
        if (safety.isForeign(life.roleName(cloud))) {
            require(
                    !reference.announced()
                            || reference.deleted()
                            || record.flatMap(known -> known.condition(Condition.Type.RoleNameTaken))
                                    .isPresent(),
                    "nobody says that the name " + life.roleName(cloud) + " is taken");
        } else {
            look(life, reference);
            record.ifPresent(known -> {
                if (setting.serviceLinked() && isDesired(reference)) {
                    held(life, known);
                } else {
                    settled(life, known);
                }
            });
        }
    }

    private boolean isRejected(RoleEvent event) {
        return cloud.queue.deadLetters().stream()
                .filter(letter -> letter.reason().isPresent())
                .anyMatch(letter ->
                        decoder.apply(letter.body()).filter(event::equals).isPresent());
    }

    private void look(InstanceLife life, ReferenceRole reference) {
        Optional<SeenRole> role = cloud.iam.role(life.roleName(cloud).value());
        boolean desired = isDesired(reference);
        require(
                role.isPresent() == desired,
                "the role " + life.roleName(cloud) + (desired ? " is missing" : " is there, and should not be"));
        if (desired && role.isPresent()) {
            Set<Permission> actual = new HashSet<>();
            Safety.documents(role.get()).forEach(document -> actual.addAll(safety.permissions(document)));
            Set<Permission> expected = setting.serviceLinked() ? Set.of() : HistoryRows.of(reference.grants());
            require(
                    actual.equals(expected),
                    "the role " + life.roleName(cloud) + " may do " + minus(actual, expected) + " too much and "
                            + minus(expected, actual) + " too little");
            require(
                    role.get()
                            .tags()
                            .entrySet()
                            .containsAll(setting.roles()
                                    .ownershipTags(life.instance())
                                    .entrySet()),
                    "the role " + life.roleName(cloud) + " has only the tags "
                            + role.get().tags());
            require(
                    setting.serviceLinked() || role.get().trust().equals(trust(life)),
                    "the role " + life.roleName(cloud) + " may be assumed by "
                            + role.get().trust());
        }
    }

    private static boolean isDesired(ReferenceRole reference) {
        return reference.announced() && !reference.deleted();
    }

    private String trust(InstanceLife life) {
        return cloud.table
                .load(life.instance().id())
                .map(record -> compiler.compileAnnounced(record.role()).trustPolicy())
                .orElse("");
    }

    private static Set<Permission> minus(Set<Permission> these, Set<Permission> those) {
        Set<Permission> rest = new HashSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    /** Checks a service-linked role that IAM protects: its condition says so. */
    private void held(InstanceLife life, RoleRecord record) {
        List<Condition.Type> types = record.conditions().stream()
                .map(Condition::type)
                .filter(type -> type != Condition.Type.PolicyTooLarge)
                .toList();
        require(
                types.equals(List.of(Condition.Type.ProtectedRole)),
                "the service-linked role " + life.roleName(cloud) + " has the conditions " + types);
    }

    private void settled(InstanceLife life, RoleRecord record) {
        require(record.settled(), "the role " + life.roleName(cloud) + " is not known to be as it is recorded");
        record.conditions().stream()
                .filter(condition -> condition.type() != Condition.Type.PolicyTooLarge)
                // A role with this one is in force, and nobody releases the change.
                .filter(condition -> condition.type() != Condition.Type.ChangeHeld || !setting.resetting())
                .forEach(condition ->
                        missing.add("the role " + life.roleName(cloud) + " still has a condition: " + condition));
        require(
                !cloud.table.pending().contains(life.instance().id()),
                "the role " + life.roleName(cloud) + " is still pending");
    }

    /** Looks for managed policies that belong to no role. */
    private void leftovers() {
        Set<String> attached = new HashSet<>();
        setting.lives()
                .forEach(life -> cloud.iam
                        .role(life.roleName(cloud).value())
                        .ifPresent(role -> attached.addAll(role.attached().keySet())));
        cloud.iam.policyArns().stream()
                .filter(arn -> !attached.contains(arn) && !mayWait(arn))
                .forEach(arn -> missing.add("the policy " + arn + " is attached to no role"));
    }

    /** True for a policy that is deleted only once the name of its role is free again. */
    private boolean mayWait(String policyArn) {
        return safety.foreign().stream().anyMatch(name -> policyArn.contains(name.value()));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            missing.add(otherwise);
        }
    }
}
