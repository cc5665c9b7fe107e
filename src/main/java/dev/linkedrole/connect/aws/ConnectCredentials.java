package dev.linkedrole.connect.aws;

import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.aws.AccountCredentials;
import io.smallrye.mutiny.Uni;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Credentials for calls to Amazon Connect in each account. */
public interface ConnectCredentials {

    /**
     * Returns credentials that are valid in an account.
     *
     * @return fails with an {@link IamCallException} if there are none
     */
    Uni<AwsCredentials> in(AwsAccount account);

    /** Drops credentials that AWS no longer accepts. */
    Uni<Void> forget(AwsAccount account, AwsCredentials rejected);

    /** Returns the controller's own credentials, and those of the roles that it assumes. */
    static ConnectCredentials of(AccountCredentials accounts) {
        return new ConnectCredentials() {
            @Override
            public Uni<AwsCredentials> in(AwsAccount account) {
                return accounts.of(account);
            }

            @Override
            public Uni<Void> forget(AwsAccount account, AwsCredentials rejected) {
                return accounts.forget(account, rejected);
            }
        };
    }
}
