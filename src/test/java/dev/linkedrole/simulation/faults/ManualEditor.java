package dev.linkedrole.simulation.faults;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.iammodel.SeenRole;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Persons with permissions in the account, who edit and delete roles by hand, and create roles of their own under our
 * names.
 */
public final class ManualEditor {

    public static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final World world;
    private final CrashingProcess people;
    private final Cloud cloud;
    private final Setting setting;
    private final Safety safety;
    private final IamModelClient iam;
    private int edits;
    private boolean resting;

    public ManualEditor(World world, CrashingProcess people, Cloud cloud, Setting setting, Safety safety) {
        this.world = world;
        this.people = people;
        this.cloud = cloud;
        this.setting = setting;
        this.safety = safety;
        this.iam = IamModelClient.administrator(cloud.iam);
    }

    /** Schedules manual edits at random times. */
    public void plan(Duration stretch) {
        for (int i = 0; i < world.faultProfile().edits(); i++) {
            world.time.in(world.chance.between(Duration.ZERO, stretch), people, this::meddle);
        }
    }

    /** Ends the manual edits. */
    void rest() {
        resting = true;
    }

    private void meddle() {
        if (resting) {
            return;
        }
        RoleName name = world.chance.oneOf(setting.lives()).roleName(cloud);
        Optional<SeenRole> role = cloud.iam.role(name.value());
        if (role.isEmpty()) {
            takeName(name);
        } else if (safety.isForeign(name)) {
            edit(name, role.get());
            safety.foreign(name);
        } else if (world.chance.hits(0.25)) {
            say("deletes " + name);
            delete(name, role.get());
        } else {
            edit(name, role.get());
        }
    }

    private void takeName(RoleName name) {
        say("takes the name " + name);
        ask(iam.createRole(r -> r.roleName(name.value()).path("/ours/").assumeRolePolicyDocument(TRUST)));
        put(name, "theirs");
        safety.foreign(name);
    }

    private void edit(RoleName name, SeenRole role) {
        switch (world.chance.below(7)) {
            case 0 -> put(name, "by-hand");
            case 1 -> role.inline().keySet().stream().findFirst().ifPresent(policy -> put(name, policy));
            case 2 ->
                role.inline().keySet().stream().findFirst().ifPresent(policy -> {
                    say("takes " + policy + " from " + name);
                    ask(iam.deleteRolePolicy(r -> r.roleName(name.value()).policyName(policy)));
                });
            case 3 -> {
                say("has " + name + " trust another");
                ask(iam.updateAssumeRolePolicy(r -> r.roleName(name.value()).policyDocument(TRUST)));
            }
            case 4 -> respell(name, role);
            case 5 -> giveAway(name, role);
            default -> {
                say("attaches a policy to " + name);
                ask(iam.attachRolePolicy(
                        r -> r.roleName(name.value()).policyArn("arn:aws:iam::aws:policy/AdministratorAccess")));
            }
        }
    }

    /** Tags roles with another spelling of a name, since the names of tags ignore case. */
    private void respell(RoleName name, SeenRole role) {
        say("spells the tags of " + name + " another way");
        role.tags().forEach((tag, value) -> tag(name, tag.toUpperCase(Locale.ROOT), value));
    }

    private void giveAway(RoleName name, SeenRole role) {
        if (safety.isForeign(name) || ServiceLinkedPath.hasRole(role.arn())) {
            return;
        }
        say("makes " + name + " somebody else's");
        if (tag(name, RoleTags.OWNER_TAG, "somebody-else")) {
            safety.foreign(name);
        }
    }

    private boolean tag(RoleName name, String tag, String value) {
        return ask(iam.tagRole(r -> r.roleName(name.value())
                .tags(Tag.builder().key(tag).value(value).build())));
    }

    private void put(RoleName name, String policy) {
        String document = """
                {"Version":"2012-10-17","Statement":[{"Sid":"ByHand%d","Effect":"Allow","Action":"s3:*","Resource":"*"}]}""".formatted(++edits);
        safety.handwritten(document);
        say("puts " + policy + " into " + name);
        ask(iam.putRolePolicy(r -> r.roleName(name.value()).policyName(policy).policyDocument(document)));
    }

    private void delete(RoleName name, SeenRole role) {
        if (ServiceLinkedPath.hasRole(role.arn())) {
            ask(iam.deleteServiceLinkedRole(r -> r.roleName(name.value())));
            return;
        }
        role.inline()
                .keySet()
                .forEach(policy ->
                        ask(iam.deleteRolePolicy(r -> r.roleName(name.value()).policyName(policy))));
        role.attached()
                .keySet()
                .forEach(policy ->
                        ask(iam.detachRolePolicy(r -> r.roleName(name.value()).policyArn(policy))));
        ask(iam.deleteRole(r -> r.roleName(name.value())));
    }

    /** Removes some of the roles of others that have our names. */
    public void leaveSome() {
        for (RoleName name : List.copyOf(safety.foreign())) {
            if (world.chance.hits(0.5)) {
                say("leaves the name " + name);
                cloud.iam.role(name.value()).ifPresent(role -> delete(name, role));
                safety.foreign(name);
            }
        }
    }

    private void say(String what) {
        world.trace.say(people, what);
    }

    /**
     * Waits for the model, which answers at once; manual edits may be rejected like any others.
     *
     * @return true if the edit was made
     */
    private boolean ask(CompletableFuture<?> answer) {
        boolean rejected = answer.isCompletedExceptionally();
        if (rejected) {
            say("is refused");
        }
        return !rejected;
    }
}
