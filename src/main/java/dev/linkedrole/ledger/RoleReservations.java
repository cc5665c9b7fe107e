package dev.linkedrole.ledger;

import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;

/** Port to the facts that are recorded before IAM is written, so that another replica can find what was created. */
public interface RoleReservations {

    /**
     * Reserves a number of managed policies for a role, before the first of them is created, so that any replica can
     * find them later. The number only grows.
     *
     * @param roleArn the role's ARN, from which those of its policies follow
     */
    Uni<Void> reserve(RoleRecord record, String roleArn, int slots);

    /**
     * Records the name that IAM gave the role, before anything relies on it.
     *
     * @param roleArn the role's ARN as IAM returned it
     */
    Uni<Void> name(InstanceId instance, String roleArn);

    /** Reservations that are not recorded, for a run without writes. */
    static RoleReservations none() {
        return new RoleReservations() {
            @Override
            public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
                return Uni.createFrom().voidItem();
            }

            @Override
            public Uni<Void> name(InstanceId instance, String roleArn) {
                return Uni.createFrom().voidItem();
            }
        };
    }
}
