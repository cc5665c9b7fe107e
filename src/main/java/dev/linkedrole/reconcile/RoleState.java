package dev.linkedrole.reconcile;

import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.Step;
import java.util.List;
import java.util.Optional;

/**
 * A role once it is what was wanted.
 *
 * @param arn its ARN, as far as IAM said it on the way
 * @param footprint what it looks like; empty if there is none
 * @param steps what had to be done
 */
record RoleState(Optional<String> arn, Optional<Footprint> footprint, List<Step> steps) {

    static final RoleState NONE = new RoleState(Optional.empty(), Optional.empty(), List.of());

    List<String> summaries() {
        return steps.stream().map(Step::summary).toList();
    }
}
