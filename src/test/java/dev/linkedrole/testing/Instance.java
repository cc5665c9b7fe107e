package dev.linkedrole.testing;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An instance of a single test, with factories of its events. Times are seconds from a common start, and every event
 * has an id of its own.
 *
 * @param arn its ARN
 */
public record Instance(InstanceArn arn) {

    public static final String ACCOUNT = "111122223333";
    public static final String REGION = "us-west-2";

    public static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private static final String PREFIX = "AWSServiceRoleForAmazonConnect_";

    public static Instance random() {
        return randomIn("aws", REGION);
    }

    public static Instance randomIn(String partition, String region) {
        return random(partition, region, ACCOUNT);
    }

    /** Creates an instance in an account. */
    public static Instance randomIn(String account) {
        return random("aws", REGION, account);
    }

    private static Instance random(String partition, String region, String account) {
        return new Instance(new InstanceArn(
                partition,
                "connect",
                region,
                account,
                new InstanceId(UUID.randomUUID().toString())));
    }

    public InstanceId id() {
        return arn.id();
    }

    /** Name of its role with the default prefix. */
    public RoleName roleName() {
        return RoleName.of(PREFIX, id());
    }

    public RoleEvent created(int second) {
        return new RoleEvent.InstanceCreated(newId(), arn, at(second), "acme-support");
    }

    public RoleEvent deleted(int second) {
        return new RoleEvent.InstanceDeleted(newId(), arn, at(second));
    }

    public RoleEvent enabled(int second, String feature, String... resources) {
        return new RoleEvent.FeatureEnabled(newId(), arn, at(second), feature, Set.of(resources));
    }

    public RoleEvent disabled(int second, String feature, String... resources) {
        return new RoleEvent.FeatureDisabled(newId(), arn, at(second), feature, Set.of(resources));
    }

    /** Adoption at a real time, since it is compared with the role's creation time. */
    public RoleEvent adopted(Instant time) {
        return new RoleEvent.RoleAdopted(newId(), arn, time);
    }

    /** Expected state after all these events. */
    public LinkedRole after(Iterable<RoleEvent> events) {
        LinkedRole role = LinkedRole.unknown(arn);
        for (RoleEvent event : events) {
            role = role.apply(event);
        }
        return role;
    }

    private static EventId newId() {
        return new EventId(UUID.randomUUID().toString(), "acme/contact-centre");
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
