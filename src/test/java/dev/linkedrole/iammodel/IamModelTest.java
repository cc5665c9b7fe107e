package dev.linkedrole.iammodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.Tag;

/** The model passes the contract test. */
class IamModelTest extends IamContract {

    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final IamModelClient iam = IamModelClient.administrator(IamModel.prompt("111122223333"));

    @Override
    IamAsyncClient iam() {
        return iam;
    }

    /** IAM documents this behavior of itself; emulators keep both spellings. */
    @Test
    void of_two_spellings_of_a_tag_on_a_role_the_latest_stays() {
        // Given
        iam.createRole(r ->
                        r.roleName("spelled").assumeRolePolicyDocument(TRUST).tags(tag("Owner", "one")))
                .join();

        // When
        iam.tagRole(r -> r.roleName("spelled").tags(tag("owner", "Two"))).join();

        // Then
        assertThat(tags("spelled")).containsExactly(tag("owner", "Two"));

        // And then
        iam.untagRole(r -> r.roleName("spelled").tagKeys("OWNER")).join();
        assertThat(tags("spelled")).isEmpty();
    }

    private List<Tag> tags(String role) {
        return iam.getRole(r -> r.roleName(role)).join().role().tags();
    }
}
