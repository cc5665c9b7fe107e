package dev.linkedrole.connect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.connect.StorageConfig.DataStream;
import dev.linkedrole.connect.StorageConfig.DeliveryStream;
import dev.linkedrole.connect.StorageConfig.S3;
import dev.linkedrole.connect.StorageConfig.Storage;
import dev.linkedrole.connect.StorageConfig.UnknownStorage;
import dev.linkedrole.connect.StorageConfig.VideoStreams;
import dev.linkedrole.connectmodel.ApiModel;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client against the public model of the API. */
class ConnectApiTest {

    private static final ApiModel API = ApiModel.get();
    private static final InstanceArn ARN =
            InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");
    private static final ConnectLocation HERE = ConnectLocation.of(ARN);

    static Stream<ConnectCall> calls() {
        InstanceId id = ARN.id();
        Optional<String> next = Optional.of("next");
        return Stream.of(
                        Stream.of(
                                ConnectCall.listInstances(Optional.empty()),
                                ConnectCall.listInstances(next),
                                ConnectCall.describeInstance(id),
                                ConnectCall.listIntegrationAssociations(id, Optional.empty()),
                                ConnectCall.listIntegrationAssociations(id, next),
                                ConnectCall.listInstanceAttributes(id, Optional.empty()),
                                ConnectCall.listInstanceAttributes(id, next)),
                        ReadScope.STORAGE.stream().map(type -> ConnectCall.listInstanceStorageConfigs(id, type, next)),
                        Arrays.stream(LexVersion.values()).map(version -> ConnectCall.listBots(id, version, next)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void each_request_is_one_of_the_api(ConnectCall call) {
        assertThat(API.operation("GET", call.path())).contains(call.operation());
        assertThat(API.faultsOfQuery(call.operation(), call.query())).isEmpty();
        if (call.query().containsKey("maxResults")) {
            assertThat(call.query())
                    .containsEntry("maxResults", String.valueOf(API.most(call.operation(), "MaxResults")));
        }
    }

    @Test
    void every_operation_of_the_model_is_called() {
        assertThat(calls().map(ConnectCall::operation).distinct())
                .containsExactlyInAnyOrderElementsOf(ApiModel.OPERATIONS);
        assertThat(API.signingName()).isEqualTo("connect");
        assertThat(API.protocol()).isEqualTo("rest-json");
    }

    @Test
    void requests_and_answers_that_do_not_fit_are_found() {
        ObjectNode answer = API.fullAnswer("ListBots");
        assertThat(API.faultsOfAnswer("ListBots", answer)).isEmpty();
        ((ObjectNode) answer.at("/LexBots/0/LexBot")).put("Region", "us-west-2").remove("Name");

        assertThat(API.faultsOfAnswer("ListBots", answer))
                .containsExactlyInAnyOrder(
                        "ListBots.LexBots[].LexBot lacks Name", "ListBots.LexBots[].LexBot.Region is no member");
        assertThat(API.faultsOfQuery("ListBots", Map.of("lexVersion", "V3", "pages", "2")))
                .containsExactlyInAnyOrder(
                        "lexVersion is none of the values there are: V3", "pages is no parameter of ListBots");
        assertThat(API.faultsOfQuery("ListBots", Map.of())).containsExactly("lexVersion is required");
        assertThat(API.operation("POST", "/instance")).isEmpty();
    }

    @Test
    void enumerations_are_those_of_the_api() {
        assertThat(API.values("InstanceStorageResourceType"))
                .containsExactlyElementsOf(new TreeSet<>(ReadScope.STORAGE));
        assertThat(API.values("LexVersion"))
                .containsExactlyElementsOf(
                        Arrays.stream(LexVersion.values()).map(Enum::name).toList());
        assertThat(API.values("InstanceStatus"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ConnectInstance.Status.values())
                        .filter(status -> status != ConnectInstance.Status.UNKNOWN)
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void every_type_of_storage_of_the_api_is_known() {
        assertThat(API.values("StorageType"))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(stored(type)).isNotInstanceOf(UnknownStorage.class));
    }

    @Test
    void all_attributes_fit_on_as_many_pages_as_are_expected() {
        int most = API.most("ListInstanceAttributes", "MaxResults");

        assertThat(new ReadScope(Set.of(), Set.of(), false, true).requests())
                .isEqualTo(1 + Math.ceilDiv(API.values("InstanceAttributeType").size(), most));
        assertThat(ReadScope.ALL.requests()).isEqualTo(19);
    }

    @Test
    void every_member_of_an_instance_is_read_by_its_name() {
        ObjectNode list = API.fullAnswer("ListInstances");
        ((ObjectNode) list.at("/InstanceSummaryList/0"))
                .put("Arn", ARN.toString())
                .put("InstanceStatus", "ACTIVE");
        ObjectNode one = API.fullAnswer("DescribeInstance");
        ((ObjectNode) one.at("/Instance")).put("Arn", ARN.toString()).put("InstanceStatus", "CREATION_FAILED");

        assertThat(ConnectJson.instances(list, HERE).instances())
                .containsExactly(new ConnectInstance(
                        ARN,
                        Optional.of("/InstanceSummaryList/InstanceAlias"),
                        ConnectInstance.Status.ACTIVE,
                        Optional.of(Instant.ofEpochMilli(1_540_000_000_500L)),
                        Optional.of("/InstanceSummaryList/ServiceRole")));
        assertThat(ConnectJson.nextToken(list)).contains("/NextToken");
        assertThat(ConnectJson.describedInstance(one, HERE))
                .isEqualTo(new ConnectInstance(
                        ARN,
                        Optional.of("/Instance/InstanceAlias"),
                        ConnectInstance.Status.CREATION_FAILED,
                        Optional.of(Instant.ofEpochMilli(1_540_000_000_500L)),
                        Optional.of("/Instance/ServiceRole")));
    }

    @Test
    void every_member_of_a_storage_is_read_by_its_name() {
        String path = "/StorageConfigs/";

        assertThat(stored("S3"))
                .isEqualTo(new S3(
                        path + "S3Config/BucketName",
                        path + "S3Config/BucketPrefix",
                        Optional.of(path + "S3Config/EncryptionConfig/KeyId")));
        assertThat(stored("KINESIS_VIDEO_STREAM"))
                .isEqualTo(new VideoStreams(
                        path + "KinesisVideoStreamConfig/Prefix",
                        Optional.of(path + "KinesisVideoStreamConfig/EncryptionConfig/KeyId")));
        assertThat(stored("KINESIS_STREAM")).isEqualTo(new DataStream(path + "KinesisStreamConfig/StreamArn"));
        assertThat(stored("KINESIS_FIREHOSE"))
                .isEqualTo(new DeliveryStream(path + "KinesisFirehoseConfig/FirehoseArn"));
        assertThat(stored("A_NEW_TYPE")).isEqualTo(new UnknownStorage("A_NEW_TYPE"));
    }

    private static Storage stored(String type) {
        ObjectNode answer = API.fullAnswer("ListInstanceStorageConfigs");
        ((ObjectNode) answer.at("/StorageConfigs/0")).put("StorageType", type);
        StorageConfig config = ConnectJson.storageConfigs(answer).getFirst();
        assertThat(config.associationId()).contains("/StorageConfigs/AssociationId");
        return config.storage();
    }

    @Test
    void bots_integrations_and_attributes_are_read_by_their_names() {
        ObjectNode bots = API.fullAnswer("ListBots");
        assertThat(ConnectJson.bots(bots)).containsExactly(new Bot.LexV2("/LexBots/LexV2Bot/AliasArn"));
        ((ObjectNode) bots.at("/LexBots/0")).remove("LexV2Bot");
        assertThat(ConnectJson.bots(bots))
                .containsExactly(new Bot.LexV1("/LexBots/LexBot/Name", "/LexBots/LexBot/LexRegion"));

        String path = "/IntegrationAssociationSummaryList/";
        ObjectNode integrations = API.fullAnswer("ListIntegrationAssociations");
        ((ObjectNode) integrations.at(path + "0")).put("IntegrationType", "A_NEW_TYPE");
        assertThat(ConnectJson.integrations(integrations))
                .containsExactly(
                        new Integration(path + "IntegrationAssociationId", "A_NEW_TYPE", path + "IntegrationArn"));

        ObjectNode attributes = API.fullAnswer("ListInstanceAttributes");
        ((ObjectNode) attributes.at("/Attributes/0")).put("AttributeType", "A_NEW_TYPE");
        assertThat(ConnectJson.attributes(attributes))
                .containsExactly(new InstanceAttribute("A_NEW_TYPE", "/Attributes/Value"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_error_that_an_operation_lists_has_a_meaning(String operation) {
        assertThat(API.errors(operation))
                .isNotEmpty()
                .allSatisfy((code, status) -> assertThat(
                                ConnectErrors.classify(operation, new ErrorAnswer(status, code, ""))
                                        .kind())
                        .isEqualTo(
                                switch (code) {
                                    case "ThrottlingException" -> Kind.THROTTLED;
                                    case "InternalServiceException" -> Kind.UNAVAILABLE;
                                    case "ResourceNotFoundException" -> Kind.NOT_FOUND;
                                    case "InvalidRequestException", "InvalidParameterException" -> Kind.REJECTED;
                                    default -> throw new AssertionError(code);
                                }));
    }

    static List<String> operations() {
        return ApiModel.OPERATIONS;
    }
}
