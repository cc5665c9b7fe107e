package dev.linkedrole.simulation.faults;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Ledger;
import java.util.function.UnaryOperator;

/** A fault planted into the replicas, to see whether it is found. */
// The functions have no state.
@SuppressWarnings("ImmutableEnumChecker")
public enum Defect {
    NONE(ledger -> ledger, gateway -> gateway),
    /** A write to IAM is not checked against the ledger afterwards. */
    NO_CHECK_AFTER_WRITE(PlantedLedgers::alwaysNewest, gateway -> gateway),
    /** A message is deleted before its event is recorded. */
    DELETES_FIRST(ledger -> ledger, gateway -> gateway),
    /** A message that comes again is compared with the ledger only. */
    TRUSTS_LEDGER_ON_REDELIVERY(ledger -> ledger, gateway -> gateway),
    /** A deletion is not final. */
    RECREATES_AFTER_DELETE(PlantedLedgers::forgettingDeletions, gateway -> gateway),
    /** An event is recorded whatever was recorded meanwhile. */
    RECORDS_WITHOUT_CONDITION(PlantedLedgers::recordingAnyway, gateway -> gateway),
    /** A role is written without a check of its owner, where IAM permits that. */
    DOES_NOT_LOOK_AT_TAGS(ledger -> ledger, PlantedGateways::takingAllForOurs),
    /** A call to IAM that failed is taken for one that succeeded. */
    SWALLOWS_FAILURES(ledger -> ledger, PlantedGateways::swallowing),
    /** A feature that was revoked stays in the policy. */
    NEVER_SHRINKS(ledger -> ledger, PlantedGateways::onlyGrowing),
    /** A service-linked role without tags yet has no owner. */
    OVERLOOKS_BIRTH_MARKS(ledger -> ledger, PlantedGateways::withoutDescriptions),
    /** The number of policies of a role is not recorded before they are made. */
    RESERVES_NOTHING(PlantedLedgers::withoutReserving, gateway -> gateway),
    /** A role that was there before the ledger is taken for one that was made for it. */
    TAKES_OLD_FOR_NEW(ledger -> ledger, PlantedGateways::withoutAge),
    /** A ledger that was put back to what it was earlier is taken for one that was not. */
    GOES_BY_RESTORED_LEDGER(ledger -> ledger, gateway -> gateway),
    /** Disabled marks are read before the role, not with it or after it. */
    READS_MARKS_FIRST(PlantedLedgers::readingMarksFirst, gateway -> gateway),
    /** A lease is judged by the times that are written in it. */
    BELIEVES_WRITTEN_TIMES(ledger -> ledger, gateway -> gateway);

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
