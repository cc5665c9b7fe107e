package dev.linkedrole.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The catalog in the API. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class FeaturesTest {

    @Test
    void the_catalog_is_told_with_what_each_feature_takes_and_grants() {
        Operator.asks()
                .when()
                .get("/api/features")
                .then()
                .statusCode(200)
                .body("name", equalTo("amazon-connect"))
                .body("service", equalTo("connect"))
                .body("principal", equalTo("connect.amazonaws.com"))
                .body("base.sid", hasItems("Connect", "LexList", "Metrics"))
                .body(
                        "base.find { it.sid == 'Metrics' }.conditions.StringEquals",
                        equalTo(Map.of("cloudwatch:namespace", "AWS/Connect")))
                .body("base.find { it.sid == 'Connect' }.conditions", nullValue())
                .body(
                        "features.name",
                        hasItems(
                                "agent-events",
                                "call-recordings",
                                "contact-flow-logs",
                                "contact-records",
                                "customer-profiles",
                                "exported-reports",
                                "lex-bots",
                                "outbound-campaigns",
                                "voice-id"))
                .body("features.find { it.name == 'call-recordings' }.authority", equalTo("service"))
                .body("features.find { it.name == 'customer-profiles' }.authority", equalTo("producers"))
                .body(
                        "features.find { it.name == 'call-recordings' }.resources.arn",
                        hasItems("arn:{partition}:s3:::{bucket}", "arn:{partition}:s3:::{bucket}/{prefix}"))
                .body("features.find { it.name == 'call-recordings' }.withoutResource", nullValue())
                .body(
                        "features.find { it.name == 'lex-bots' }.resources[0].grants[0].actions",
                        equalTo(List.of("lex:PostContent")))
                .body(
                        "features.find { it.name == 'outbound-campaigns' }.withoutResource[0].resources",
                        hasItem("arn:{partition}:connect-campaigns:{region}:{account}:campaign/*"));
    }
}
