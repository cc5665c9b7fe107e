package dev.linkedrole.ledger;

/** The model passes the contract test of ledgers. */
class ModelLedgerTest extends LedgerContract {

    @Override
    public Ledger ledger() {
        return ModelLedger.prompt();
    }
}
