package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The event contract's table of grants, written down once more by hand: neither wider nor narrower may it be. */
class CatalogRowTest {

    private static final Set<Permission> BASE = Set.of(
            Permission.of("connect:*", "*"),
            Permission.of("lex:ListBots", "*"),
            Permission.of("lex:ListBotAliases", "*"),
            new Permission(
                    "cloudwatch:PutMetricData", "*", "{\"StringEquals\":{\"cloudwatch:namespace\":\"AWS/Connect\"}}"));

    private static final String FIREHOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/records";
    private static final String KINESIS = "arn:aws:kinesis:us-west-2:111122223333:stream/records";
    private static final String CAMPAIGN = "arn:aws:connect-campaigns:us-west-2:111122223333:campaign/";

    private static final String[] ON_RECORDINGS = {
        "s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"
    };
    private static final String[] ON_BUCKET = {"s3:GetBucketLocation", "s3:GetBucketAcl"};
    private static final String[] ON_REPORTS = {"s3:PutObject", "s3:PutObjectAcl", "s3:GetObjectAcl"};
    private static final String[] ON_PROFILES = {
        "profile:SearchProfiles",
        "profile:CreateProfile",
        "profile:UpdateProfile",
        "profile:AddProfileKey",
        "profile:ListProfileObjects"
    };
    private static final String[] ON_FIREHOSE = {
        "firehose:DescribeDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch"
    };
    private static final String[] ON_KINESIS = {"kinesis:PutRecord", "kinesis:PutRecords", "kinesis:DescribeStream"};
    private static final String[] ON_LOGS = {"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"};
    private static final String[] ON_CAMPAIGNS = {
        "connect-campaigns:CreateCampaign",
        "connect-campaigns:DeleteCampaign",
        "connect-campaigns:DescribeCampaign",
        "connect-campaigns:UpdateCampaignName",
        "connect-campaigns:GetCampaignState",
        "connect-campaigns:GetCampaignStateBatch",
        "connect-campaigns:ListCampaigns",
        "connect-campaigns:UpdateOutboundCallConfig",
        "connect-campaigns:UpdateDialerConfig",
        "connect-campaigns:PauseCampaign",
        "connect-campaigns:ResumeCampaign",
        "connect-campaigns:StopCampaign"
    };

    static final List<Row> ROWS = List.of(
            Row.of("call-recordings", "arn:aws:s3:::acme")
                    .allows("arn:aws:s3:::acme/*", ON_RECORDINGS)
                    .allows("arn:aws:s3:::acme", ON_BUCKET),
            Row.of("call-recordings", "arn:aws:s3:::acme/calls/2026")
                    .allows("arn:aws:s3:::acme/calls/2026/*", ON_RECORDINGS)
                    .allows("arn:aws:s3:::acme", ON_BUCKET),
            Row.of("exported-reports", "arn:aws:s3:::acme").allows("arn:aws:s3:::acme/*", ON_REPORTS),
            Row.of("exported-reports", "arn:aws:s3:::acme/reports").allows("arn:aws:s3:::acme/reports/*", ON_REPORTS),
            Row.of("customer-profiles", "arn:aws:profile:us-west-2:111122223333:domains/acme")
                    .allows("arn:aws:profile:us-west-2:111122223333:domains/acme", ON_PROFILES)
                    .allows("arn:aws:profile:us-west-2:111122223333:domains/acme/object-types/*", ON_PROFILES)
                    .allows("*", "profile:ListAccountIntegrations"),
            Row.of("contact-records", FIREHOSE).allows(FIREHOSE, ON_FIREHOSE),
            Row.of("contact-records", KINESIS).allows(KINESIS, ON_KINESIS),
            Row.of("agent-events", FIREHOSE).allows(FIREHOSE, ON_FIREHOSE),
            Row.of("agent-events", KINESIS).allows(KINESIS, ON_KINESIS),
            Row.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme")
                    .allows("arn:aws:lex:us-west-2:111122223333:bot:Acme:*", "lex:PostContent"),
            Row.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme:live")
                    .allows("arn:aws:lex:us-west-2:111122223333:bot:Acme:live", "lex:PostContent"),
            Row.of("contact-flow-logs", "arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/acme")
                    .allows("arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/acme:*", ON_LOGS),
            Row.of("voice-id", "arn:aws:voiceid:us-west-2:111122223333:domain/AbC123")
                    .allows("arn:aws:voiceid:us-west-2:111122223333:domain/AbC123", "voiceid:*")
                    .allows(
                            "arn:aws:events:us-west-2:111122223333:rule/AmazonConnectVoiceId*",
                            "events:PutRule",
                            "events:PutTargets"),
            Row.of("outbound-campaigns").allows(CAMPAIGN + "*", ON_CAMPAIGNS),
            Row.of("outbound-campaigns", CAMPAIGN + "3f9f").allows(CAMPAIGN + "3f9f", ON_CAMPAIGNS));

    @Test
    void a_role_without_features_may_do_what_every_role_may() throws JsonProcessingException {
        assertThat(permissionsWith(LinkedRole.unknown(Events.INSTANCE))).isEqualTo(BASE);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ROWS")
    void a_feature_adds_exactly_what_its_row_says(Row row) throws JsonProcessingException {
        // Given a role with this one grant
        RoleEvent enabled = Events.enabled(1, row.feature(), row.resources());

        // When it is compiled
        Set<Permission> permissions = permissionsWith(LinkedRole.of(enabled));

        // Then the role may do what every role may, and what the row says
        Set<Permission> expected = new HashSet<>(BASE);
        expected.addAll(row.permissions());
        assertThat(permissions).isEqualTo(expected);
    }

    @Test
    void every_feature_and_each_kind_of_resource_has_a_row() {
        // Given the kinds that the catalog has, with and without a resource
        Set<String> known = BuiltIn.CATALOG.features().values().stream()
                .flatMap(feature -> Stream.concat(
                        feature.withoutResource().stream().map(none -> feature.name()),
                        feature.kinds().stream().map(kind -> feature.name() + " " + kind.name())))
                .collect(Collectors.toSet());

        // Then the rows are of just these
        assertThat(ROWS.stream().map(CatalogRowTest::kindOf)).containsExactlyInAnyOrderElementsOf(known);
    }

    private static String kindOf(Row row) {
        Feature feature = BuiltIn.CATALOG.feature(row.feature()).orElseThrow();
        return row.resources().stream()
                .map(resource -> row.feature() + " "
                        + feature.match(resource).orElseThrow().kind().name())
                .findFirst()
                .orElse(row.feature());
    }

    private static Set<Permission> permissionsWith(LinkedRole role) throws JsonProcessingException {
        WantedRole.Present wanted = BuiltIn.COMPILER.compileAnnounced(role);
        assertThat(wanted.notInCatalog()).isEmpty();
        return Permission.in(BuiltIn.permissions(wanted));
    }

    /** A row of the table, for one kind of resource. */
    record Row(String feature, Set<String> resources, Set<Permission> permissions) {

        static Row of(String feature, String... resource) {
            return new Row(feature, Set.of(resource), Set.of());
        }

        Row allows(String resource, String... actions) {
            Set<Permission> more = new HashSet<>(permissions);
            Arrays.stream(actions)
                    .map(action -> Permission.of(action, resource))
                    .forEach(more::add);
            return new Row(feature, resources, Set.copyOf(more));
        }

        @Override
        public String toString() {
            return feature + " " + resources;
        }
    }
}
