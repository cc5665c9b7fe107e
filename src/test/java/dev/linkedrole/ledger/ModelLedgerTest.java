package dev.linkedrole.ledger;

/** The model keeps the contract. */
class ModelLedgerTest extends LedgerContract {

    @Override
    public Ledger ledger() {
        return ModelLedger.prompt();
    }
}
