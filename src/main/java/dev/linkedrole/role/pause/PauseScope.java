package dev.linkedrole.role.pause;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;

/** The roles that a pause applies to. */
public sealed interface PauseScope {

    /** Returns the scope in one text, as in the ledger and the API. */
    String text();

    /** True if the role of this instance is in the scope. */
    boolean includes(InstanceArn instance);

    /** All roles. */
    record All() implements PauseScope {

        static final String TEXT = "all";

        @Override
        public String text() {
            return TEXT;
        }

        @Override
        public boolean includes(InstanceArn instance) {
            return true;
        }
    }

    /** The roles in one account. */
    record OfAccount(String account) implements PauseScope {

        static final String PREFIX = "account/";

        public OfAccount {
            if (!InstanceArn.isAccount(account)) {
                throw new InvalidValueException("an account id has 12 digits, not " + LogText.of(account));
            }
        }

        @Override
        public String text() {
            return PREFIX + account;
        }

        @Override
        public boolean includes(InstanceArn instance) {
            return instance.account().equals(account);
        }
    }

    /** The role of one instance. */
    record OfRole(InstanceId instance) implements PauseScope {

        static final String PREFIX = "role/";

        @Override
        public String text() {
            return PREFIX + instance;
        }

        @Override
        public boolean includes(InstanceArn other) {
            return other.id().equals(instance);
        }
    }

    /**
     * Reads a scope from its text.
     *
     * @throws InvalidValueException if it is the text of none
     */
    static PauseScope of(String text) {
        if (text.equals(All.TEXT)) {
            return new All();
        }
        if (text.startsWith(OfAccount.PREFIX)) {
            return new OfAccount(text.substring(OfAccount.PREFIX.length()));
        }
        if (text.startsWith(OfRole.PREFIX)) {
            return new OfRole(new InstanceId(text.substring(OfRole.PREFIX.length())));
        }
        throw new InvalidValueException("a scope is all, account/ID or role/ID, not " + LogText.of(text));
    }
}
