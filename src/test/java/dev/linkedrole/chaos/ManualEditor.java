package dev.linkedrole.chaos;

import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.IamException;

/**
 * A person with permissions in the account who edits roles by hand, and has some roles under names that ours would
 * have.
 */
final class ManualEditor {

    /** Maximum number of attempts to find a role; early in the test there are few. */
    private static final int LOOKS = 20;

    private final Random random;
    private final Map<Instance, IamReader.FoundRole> own = new LinkedHashMap<>();
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private int edits;

    public ManualEditor(Random random) {
        this.random = random;
    }

    /** Makes foreign roles with the names of these instances' roles. */
    void occupy(List<Instance> instances) {
        instances.forEach(instance -> {
            Map<String, String> tags =
                    random.nextBoolean() ? Map.of("team", "theirs") : Map.of(RoleTags.OWNER_TAG, "another-deployment");
            ManualRoleEdit.of(instance.roleName()).make(tags).putPolicy("theirs", "s3:GetObject");
            own.put(instance, iam.get(instance.roleName()));
        });
    }

    boolean owns(Instance instance) {
        return own.containsKey(instance);
    }

    /** Edits one of these roles, if an existing one is found soon. */
    synchronized void editAny(List<Instance> instances) {
        Stream.generate(() -> instances.get(random.nextInt(instances.size())))
                .limit(LOOKS)
                .filter(instance -> !owns(instance) && iam.exists(instance.roleName()))
                .findFirst()
                .ifPresent(instance -> edit(ManualRoleEdit.of(instance.roleName())));
    }

    private void edit(ManualRoleEdit role) {
        try {
            switch (random.nextInt(6)) {
                case 0 -> role.putPolicy(PolicySlot.INLINE_POLICY, "*");
                case 1 -> role.putPolicy("by-hand", "iam:*");
                case 2 -> role.trust(ManualRoleEdit.TRUST_IN_EC2);
                case 3 -> role.attachPolicy("s3:*");
                case 4 -> role.remove();
                default -> role.tag("team", "theirs");
            }
            edits++;
        } catch (IamException whoeverWasFaster) {
            // The role is being created, changed or deleted at this moment.
        }
    }

    synchronized int edits() {
        return edits;
    }

    /** Lists the foreign roles that have changed since their creation. */
    List<String> touched() {
        return own.entrySet().stream()
                .filter(role -> !iam.find(role.getKey().roleName()).equals(Optional.of(role.getValue())))
                .map(role -> role.getKey().roleName().value())
                .toList();
    }
}
