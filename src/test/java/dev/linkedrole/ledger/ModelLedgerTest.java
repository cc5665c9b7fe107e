package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.InstantSource;

/** The model keeps the contract. */
class ModelLedgerTest extends LedgerContract {

    @Override
    Ledger ledger() {
        return ModelLedger.prompt(new ModelTable(InstantSource.system(), () -> Duration.ZERO, false));
    }
}
