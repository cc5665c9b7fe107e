package dev.linkedrole.iam.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.endpoints.IamEndpointParams;
import software.amazon.awssdk.services.iam.endpoints.IamEndpointProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointParams;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/** The partition that the SDK derives from the controller's region. */
class PartitionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            us-west-2      | aws        | iam.amazonaws.com                 | sts.us-west-2.amazonaws.com
            us-gov-west-1  | aws-us-gov | iam.us-gov.amazonaws.com          | sts.us-gov-west-1.amazonaws.com
            cn-north-1     | aws-cn     | iam.cn-north-1.amazonaws.com.cn   | sts.cn-north-1.amazonaws.com.cn
            cn-northwest-1 | aws-cn     | iam.cn-north-1.amazonaws.com.cn   | sts.cn-northwest-1.amazonaws.com.cn
            """)
    void a_region_leads_to_the_endpoints_of_its_partition(String region, String partition, String iam, String sts) {
        assertThat(CallerIdentity.partitionOf(Region.of(region))).isEqualTo(partition);
        assertThat(IamEndpointProvider.defaultProvider()
                        .resolveEndpoint(IamEndpointParams.builder()
                                .region(Region.of(region))
                                .build())
                        .join()
                        .url())
                .hasHost(iam);
        assertThat(StsEndpointProvider.defaultProvider()
                        .resolveEndpoint(StsEndpointParams.builder()
                                .region(Region.of(region))
                                .build())
                        .join()
                        .url())
                .hasHost(sts);
    }
}
