package dev.linkedrole.testing.iam;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract's table of features and their permissions, written down by hand from the contract. */
public final class ContractTable {

    /** Permissions of every live role. */
    public static final SortedSet<Permission> BASE = set(Stream.of(
            Permission.of("connect:*", "*"),
            Permission.of("lex:ListBots", "*"),
            Permission.of("lex:ListBotAliases", "*"),
            new Permission(
                    "cloudwatch:PutMetricData", "*", "{\"StringEquals\":{\"cloudwatch:namespace\":\"AWS/Connect\"}}")));

    private static final String BUCKET = "arn:aws:s3:::acme-recordings";
    private static final String PREFIX = BUCKET + "/calls/2026";
    private static final String PROFILE = "arn:aws:profile:us-west-2:111122223333:domains/acme";
    private static final String FIREHOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/acme";
    private static final String KINESIS = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";
    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:Acme";
    private static final String LOGS = "arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/acme";
    private static final String VOICE = "arn:aws:voiceid:us-west-2:111122223333:domain/AbCdEf123";
    private static final String CAMPAIGN = "arn:aws:connect-campaigns:us-west-2:111122223333:campaign/";

    private static final List<String> RECORDING_OBJECTS =
            List.of("s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject");
    private static final List<String> RECORDING_BUCKET = List.of("s3:GetBucketLocation", "s3:GetBucketAcl");
    private static final List<String> REPORTS = List.of("s3:PutObject", "s3:PutObjectAcl", "s3:GetObjectAcl");
    private static final List<String> FIREHOSE_ACTIONS =
            List.of("firehose:DescribeDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch");
    private static final List<String> KINESIS_ACTIONS =
            List.of("kinesis:PutRecord", "kinesis:PutRecords", "kinesis:DescribeStream");
    private static final List<String> CAMPAIGN_ACTIONS = List.of(
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
            "connect-campaigns:StopCampaign");

    private ContractTable() {}

    /** The table of the catalog {@code amazon-connect}. */
    public static GrantTable table() {
        return GrantTable.of("amazon-connect", BASE, new TreeSet<>(), rows().toList());
    }

    /** Rows of the table. */
    public static Stream<GrantTable.Row> rows() {
        return Stream.of(
                row(
                        "call-recordings",
                        BUCKET,
                        Permission.all(RECORDING_OBJECTS, BUCKET + "/*"),
                        Permission.all(RECORDING_BUCKET, BUCKET)),
                row(
                        "call-recordings",
                        PREFIX,
                        Permission.all(RECORDING_OBJECTS, PREFIX + "/*"),
                        Permission.all(RECORDING_BUCKET, BUCKET)),
                row("exported-reports", BUCKET, Permission.all(REPORTS, BUCKET + "/*")),
                row("exported-reports", PREFIX, Permission.all(REPORTS, PREFIX + "/*")),
                row(
                        "customer-profiles",
                        PROFILE,
                        Permission.all(
                                List.of(
                                        "profile:SearchProfiles",
                                        "profile:CreateProfile",
                                        "profile:UpdateProfile",
                                        "profile:AddProfileKey",
                                        "profile:ListProfileObjects"),
                                PROFILE,
                                PROFILE + "/object-types/*"),
                        Stream.of(Permission.of("profile:ListAccountIntegrations", "*"))),
                row("contact-records", FIREHOSE, Permission.all(FIREHOSE_ACTIONS, FIREHOSE)),
                row("contact-records", KINESIS, Permission.all(KINESIS_ACTIONS, KINESIS)),
                row("agent-events", FIREHOSE, Permission.all(FIREHOSE_ACTIONS, FIREHOSE)),
                row("agent-events", KINESIS, Permission.all(KINESIS_ACTIONS, KINESIS)),
                row("lex-bots", BOT, Stream.of(Permission.of("lex:PostContent", BOT + ":*"))),
                row("lex-bots", BOT + ":Prod", Stream.of(Permission.of("lex:PostContent", BOT + ":Prod"))),
                row(
                        "contact-flow-logs",
                        LOGS,
                        Permission.all(
                                List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
                                LOGS + ":*")),
                row(
                        "voice-id",
                        VOICE,
                        Stream.of(Permission.of("voiceid:*", VOICE)),
                        Permission.all(
                                List.of("events:PutRule", "events:PutTargets"),
                                "arn:aws:events:us-west-2:111122223333:rule/AmazonConnectVoiceId*")),
                new GrantTable.Row(
                        "outbound-campaigns", List.of(), set(Permission.all(CAMPAIGN_ACTIONS, CAMPAIGN + "*"))),
                row("outbound-campaigns", CAMPAIGN + "one", Permission.all(CAMPAIGN_ACTIONS, CAMPAIGN + "one")));
    }

    private static GrantTable.Row row(String feature, String resource, Stream<Permission> grants) {
        return new GrantTable.Row(feature, List.of(resource), set(grants));
    }

    private static GrantTable.Row row(
            String feature, String resource, Stream<Permission> some, Stream<Permission> others) {
        return row(feature, resource, Stream.concat(some, others));
    }

    private static SortedSet<Permission> set(Stream<Permission> permissions) {
        return Collections.unmodifiableSortedSet(permissions.collect(Collectors.toCollection(TreeSet::new)));
    }
}
