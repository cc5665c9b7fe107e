package dev.linkedrole.iammodel;

import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.OnEachAws;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** The local AWS passes the contract test, which is therefore not only the model's. */
@OnEachAws
@Tag("aws")
class LocalIamTest extends IamContract {

    @Override
    IamAsyncClient iam() {
        return AwsTestClients.IAM;
    }
}
