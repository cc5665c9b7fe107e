package dev.linkedrole.ledger;

import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That IAM was brought up to a revision.
 *
 * @param role the role's name
 * @param roleArn the role's ARN, if the role exists
 * @param footprint what the role looks like now; empty if there is none
 * @param steps what had to be done, in words
 * @param conditions what is still not as it should be although the revision is applied
 * @param inHistory whether it belongs in the history; not if there was nothing to apply yet
 * @param at when it was done
 */
public record Application(
        RoleName role,
        Optional<String> roleArn,
        Optional<Footprint> footprint,
        List<String> steps,
        List<Condition> conditions,
        boolean inHistory,
        Instant at) {

    public Application {
        steps = List.copyOf(steps);
        conditions = List.copyOf(conditions);
    }
}
