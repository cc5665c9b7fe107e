package dev.linkedrole.iammodel;

import software.amazon.awssdk.services.iam.IamAsyncClient;

/** The model keeps the contract. */
class IamModelTest extends IamContract {

    private final IamModelClient iam = IamModelClient.administrator(IamModel.prompt("111122223333"));

    @Override
    IamAsyncClient iam() {
        return iam;
    }
}
