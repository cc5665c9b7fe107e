package dev.linkedrole.testing.iam;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Expected permissions by the documentation of October 2026, written down by hand.
 *
 * @see <a href="https://docs.aws.amazon.com/connect/latest/adminguide/connect-slr.html">the documentation</a>
 */
final class Connect2026Table {

    private static final String FOR_CONNECT = "{\"StringEquals\":{\"aws:ResourceTag/AmazonConnectEnabled\":\"True\"}}";
    private static final String TO_SES = "{\"StringEquals\":{\"iam:PassedToService\":\"ses.amazonaws.com\"}}";

    private static final String PROFILE = "arn:aws:profile:us-west-2:111122223333:domains/acme";
    private static final String CAMPAIGN = "arn:aws:connect-campaigns:us-west-2:111122223333:campaign/";

    private static final List<String> CAMPAIGN_ACTIONS = List.of(
            "connect-campaigns:CreateCampaign",
            "connect-campaigns:DeleteCampaign",
            "connect-campaigns:DescribeCampaign",
            "connect-campaigns:UpdateCampaignName",
            "connect-campaigns:GetCampaignState",
            "connect-campaigns:GetCampaignStateBatch",
            "connect-campaigns:UpdateCampaignOutboundCallConfig",
            "connect-campaigns:UpdateCampaignDialerConfig",
            "connect-campaigns:PauseCampaign",
            "connect-campaigns:ResumeCampaign",
            "connect-campaigns:StopCampaign");
    private static final String CAMPAIGN_LIST = "connect-campaigns:ListCampaigns";

    private Connect2026Table() {}

    static GrantTable table() {
        return GrantTable.of("amazon-connect-2026", base(), denied(), rows());
    }

    private static SortedSet<Permission> base() {
        return set(Stream.of(
                ContractTable.BASE,
                on("arn:aws:profile:us-west-2:111122223333:domains/amazon-connect-*", "profile:*"),
                on(
                        "*",
                        "profile:GetProfileObjectTypeTemplate",
                        "profile:ListAccountIntegrations",
                        "profile:ListDomains",
                        "profile:ListProfileObjectTypeTemplates",
                        "profile:ListRecommenderRecipes"),
                on("*", "kms:ListRetirableGrants"),
                forConnect(
                        "arn:aws:app-integrations:us-west-2:111122223333:data-integration/*",
                        "app-integrations:CreateDataIntegrationSchedule",
                        "app-integrations:GetDataIntegration",
                        "app-integrations:GetDataIntegrationExecution",
                        "app-integrations:GetDataIntegrationSchedule",
                        "app-integrations:ListDataIntegrationExecutions",
                        "app-integrations:ListDataIntegrationSchedules",
                        "app-integrations:StartDataIntegrationExecution",
                        "app-integrations:UpdateDataIntegrationSchedule"),
                forConnect("arn:aws:wisdom:us-west-2:111122223333:*", "wisdom:*"),
                on("*", "wisdom:ListAssistants", "wisdom:ListKnowledgeBases"),
                on(
                        "arn:aws:sms-voice:us-west-2:111122223333:phone-number/*",
                        "sms-voice:DescribePhoneNumbers",
                        "sms-voice:SendTextMessage"),
                on("arn:aws:mobiletargeting:us-west-2:111122223333:apps/*/messages", "mobiletargeting:SendMessages"),
                forConnect(
                        "arn:aws:social-messaging:us-west-2:111122223333:phone-number-id/*",
                        "social-messaging:GetLinkedWhatsAppBusinessAccountPhoneNumber",
                        "social-messaging:GetWhatsAppMessageMedia",
                        "social-messaging:PostWhatsAppMessageMedia",
                        "social-messaging:SendWhatsAppCallEvent",
                        "social-messaging:SendWhatsAppMessage"),
                forConnect(
                        "arn:aws:social-messaging:us-west-2:111122223333:waba/*",
                        "social-messaging:GetWhatsAppMessageTemplate",
                        "social-messaging:ListWhatsAppMessageTemplates"),
                on("*", "social-messaging:ListLinkedWhatsAppBusinessAccounts"),
                forConnect("arn:aws:chime:*:111122223333:vc/*", "chime:GetVoiceConnector"),
                on("*", "chime:ListVoiceConnectors"),
                forConnect(
                        "arn:aws:cognito-idp:us-west-2:111122223333:userpool/*",
                        "cognito-idp:DescribeUserPool",
                        "cognito-idp:ListUserPoolClients"),
                on("*", "polly:DescribeVoices", "polly:ListLexicons", "polly:SynthesizeSpeech"),
                on("*", "ses:DescribeReceiptRule", "ses:UpdateReceiptRule"),
                on("arn:aws:ses:us-west-2:111122223333:identity/*.email.connect.aws", "ses:DeleteEmailIdentity"),
                on(
                        "arn:aws:ses:us-west-2:111122223333:configuration-set/configuration-set-for-connect-DO-NOT-DELETE",
                        "ses:SendRawEmail"),
                List.of(new Permission(
                        "iam:PassRole",
                        "arn:aws:iam::111122223333:role/service-role/AmazonConnectEmailSESAccessRole",
                        TO_SES))));
    }

    private static SortedSet<Permission> denied() {
        return set(Stream.of(on(
                "*",
                "profile:CreateDomain",
                "profile:UpdateDomain",
                "profile:DeleteDomain",
                "profile:CreateEventStream",
                "profile:DeleteEventStream",
                "profile:DeleteWorkflow",
                "profile:DeleteProfileKey",
                "profile:UntagResource",
                "profile:TagResource",
                "profile:CreateIntegrationWorkflow",
                "wisdom:DeleteAssistant",
                "wisdom:DeleteKnowledgeBase")));
    }

    /** Rows of the contract's table, except for two features. */
    private static List<GrantTable.Row> rows() {
        Stream<GrantTable.Row> unchanged = ContractTable.rows()
                .filter(row -> !row.feature().equals("customer-profiles"))
                .filter(row -> !row.feature().equals("outbound-campaigns"));
        Stream<GrantTable.Row> changed = Stream.of(
                new GrantTable.Row(
                        "customer-profiles",
                        List.of(PROFILE),
                        set(Stream.of(on(PROFILE, "profile:*"), on(PROFILE + "/*", "profile:*")))),
                new GrantTable.Row("outbound-campaigns", List.of(), campaigns("*")),
                new GrantTable.Row("outbound-campaigns", List.of(CAMPAIGN + "one"), campaigns("one")));
        return Stream.concat(unchanged, changed).toList();
    }

    private static SortedSet<Permission> campaigns(String which) {
        return set(Stream.of(Permission.all(CAMPAIGN_ACTIONS, CAMPAIGN + which).toList(), on("*", CAMPAIGN_LIST)));
    }

    private static List<Permission> on(String resource, String... actions) {
        return Permission.all(List.of(actions), resource).toList();
    }

    private static List<Permission> forConnect(String resource, String... actions) {
        return Stream.of(actions)
                .map(action -> new Permission(action, resource, FOR_CONNECT))
                .toList();
    }

    private static SortedSet<Permission> set(Stream<? extends Collection<Permission>> permissions) {
        return permissions.flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
