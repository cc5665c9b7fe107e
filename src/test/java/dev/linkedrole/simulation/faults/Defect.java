package dev.linkedrole.simulation.faults;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import java.util.function.UnaryOperator;

/** Defect planted into the replicas, to check that a test finds it. */
// The functions have no state.
@SuppressWarnings("ImmutableEnumChecker")
public enum Defect {
    NONE(ledger -> ledger, gateway -> gateway),
    /** A write to IAM is not checked against the ledger afterwards. */
    NO_CHECK_AFTER_WRITE(PlantedLedgers::alwaysNewest, gateway -> gateway),
    /** A message is deleted before its event is recorded. */
    DELETES_FIRST(ledger -> ledger, gateway -> gateway),
    /** A redelivered message is compared with the ledger only. */
    TRUSTS_LEDGER_ON_REDELIVERY(ledger -> ledger, gateway -> gateway),
    /** A deletion is not final. */
    RECREATES_AFTER_DELETE(PlantedLedgers::forgettingDeletions, gateway -> gateway),
    /** An event is recorded whatever was recorded in the meantime. */
    RECORDS_WITHOUT_CONDITION(PlantedLedgers::recordingAnyway, gateway -> gateway),
    /** A role is written without a check of its owner, where IAM permits that. */
    DOES_NOT_LOOK_AT_TAGS(ledger -> ledger, PlantedGateways::takingAllForOurs),
    /** A failed call to IAM counts as successful. */
    SWALLOWS_FAILURES(ledger -> ledger, PlantedGateways::swallowing),
    /** A feature that was revoked stays in the policy. */
    NEVER_SHRINKS(ledger -> ledger, PlantedGateways::onlyGrowing),
    /** A service-linked role without tags yet has no owner. */
    OVERLOOKS_OWNERSHIP_MARKERS(ledger -> ledger, PlantedGateways::withoutDescriptions),
    /** The number of a role's policies is not recorded before they are created. */
    RESERVES_NOTHING(PlantedLedgers::withoutReserving, gateway -> gateway),
    /** A role that existed before the ledger counts as created for its record. */
    TAKES_OLD_FOR_NEW(ledger -> ledger, PlantedGateways::withoutAge),
    /** A ledger that was restored from a backup counts as the original one. */
    GOES_BY_RESTORED_LEDGER(ledger -> ledger, gateway -> gateway),
    /** Disabled grants are read before the role, not with it or after it. */
    READS_DISABLED_FIRST(PlantedLedgers::readingDisabledFirst, gateway -> gateway),
    /** A lease is judged by the times written in it. */
    BELIEVES_WRITTEN_TIMES(ledger -> ledger, gateway -> gateway),
    /** A reading of Amazon Connect counts from a time after it. */
    TIMES_READING_AT_ITS_END(ledger -> ledger, gateway -> gateway),
    /** Settings of Amazon Connect that could not be read count as absent. */
    TAKES_UNREAD_FOR_ABSENT(ledger -> ledger, gateway -> gateway),
    /** Roles are written although they are paused. */
    IGNORES_PAUSES(ledger -> ledger, gateway -> gateway),
    /** A catalog that takes something from roles is accepted as replicas start with it. */
    HOLDS_NO_CHANGE(ledger -> ledger, gateway -> gateway);

    private final UnaryOperator<Ledger> ledgers;
    private final UnaryOperator<RoleGateway> gateways;

    Defect(UnaryOperator<Ledger> ledgers, UnaryOperator<RoleGateway> gateways) {
        this.ledgers = ledgers;
        this.gateways = gateways;
    }

    public Ledger in(Ledger ledger) {
        return ledgers.apply(ledger);
    }

    public RoleGateway in(RoleGateway gateway) {
        return gateways.apply(gateway);
    }
}
