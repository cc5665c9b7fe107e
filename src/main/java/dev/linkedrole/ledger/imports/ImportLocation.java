package dev.linkedrole.ledger.imports;

/** An account and region whose instances are imported. */
public record ImportLocation(String account, String region) implements Comparable<ImportLocation> {

    @Override
    public int compareTo(ImportLocation other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : region.compareTo(other.region);
    }

    @Override
    public String toString() {
        return account + " in " + region;
    }
}
