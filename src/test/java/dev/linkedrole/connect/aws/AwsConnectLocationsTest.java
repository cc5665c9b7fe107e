package dev.linkedrole.connect.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.InstanceReader;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.StorageConfig.DataStream;
import dev.linkedrole.connect.StorageConfig.S3;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of Amazon Connect, as the model has it, in virtual time. */
class AwsConnectLocationsTest {

    private static final String ACCOUNT = "111122223333";
    private static final ConnectLocation HERE = new ConnectLocation(ACCOUNT, "us-west-2");
    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/records";
    private static final String ALIAS = "arn:aws:lex:us-west-2:111122223333:bot-alias/ABCDEFGHIJ/TSTALIASID";

    private final ManualTime time = new ManualTime();
    private final ModelConnect connect = new ModelConnect(time);
    private final VirtualReplica replica = replica();
    private final InstanceArn arn = arn(1);

    private VirtualReplica replica() {
        return new VirtualReplica(time, new InProcessConnect(connect::answer), RequestRate.DEFAULT);
    }

    @AfterEach
    void nothing_was_asked_or_answered_that_does_not_fit_the_api() {
        assertThat(connect.misfits()).isEmpty();
    }

    @Test
    void instances_are_listed_page_by_page_each_once() {
        // Given
        for (int i = 0; i < 23; i++) {
            connect.add(new ModelInstance(arn(i)));
        }
        connect.add(new ModelInstance(InstanceArn.parse(arn(99).toString().replace("us-west-2", "eu-west-2"))));

        // When
        List<InstancePage> pages = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Optional<String> from = next;
            pages.add(replica.in(HERE, gateway -> gateway.instances(from)));
            next = pages.getLast().next();
        } while (next.isPresent());

        // Then
        assertThat(pages).extracting(page -> page.instances().size()).containsExactly(10, 10, 3);
        assertThat(pages.stream().flatMap(page -> page.instances().stream()).map(ConnectInstance::arn))
                .hasSize(23)
                .doesNotHaveDuplicates()
                .contains(arn(0), arn(22));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void an_instance_is_read_whole_whatever_the_size_of_pages(int size) {
        // Given
        connect.answerInPagesOf(size);
        connect.add(new ModelInstance(arn)
                .storingInBucket("CALL_RECORDINGS", "recordings", "calls/")
                .storingInBucket("CALL_RECORDINGS", "more-recordings", "x/")
                .storing("CONTACT_TRACE_RECORDS", "KINESIS_STREAM", "KinesisStreamConfig", Map.of("StreamArn", STREAM))
                .withLexV1("orders", "us-east-1")
                .withLexV2(ALIAS)
                .integrated("i-1", "VOICE_ID", "arn:aws:voiceid:us-west-2:111122223333:domain/x")
                .integrated("i-2", "CASES_DOMAIN", "arn:aws:cases:us-west-2:111122223333:domain/y")
                .attribute("CONTACTFLOW_LOGS", "true")
                .attribute("HIGH_VOLUME_OUTBOUND", "false"));
        Instant begun = time.instant();

        // When
        InstanceReading reading = read(ReadScope.ALL).orElseThrow();

        // Then
        assertThat(reading.begunAt()).isEqualTo(begun);
        assertThat(reading.instance().arn()).isEqualTo(arn);
        assertThat(reading.instance().alias()).contains("alias-00000001");
        assertThat(reading.storage()).containsOnlyKeys(ReadScope.STORAGE);
        assertThat(reading.storage().get("CALL_RECORDINGS"))
                .extracting(config -> (Object) config.storage())
                .containsExactly(
                        new S3("recordings", "calls/", Optional.empty()),
                        new S3("more-recordings", "x/", Optional.empty()));
        assertThat(reading.storage().get("CONTACT_TRACE_RECORDS"))
                .extracting(config -> (Object) config.storage())
                .containsExactly(new DataStream(STREAM));
        assertThat(reading.bots())
                .isEqualTo(Map.of(
                        LexVersion.V1, List.of(new Bot.LexV1("orders", "us-east-1")),
                        LexVersion.V2, List.of(new Bot.LexV2(ALIAS))));
        assertThat(reading.integrations().orElseThrow())
                .extracting(Integration::id, Integration::type)
                .containsExactly(tuple("i-1", "VOICE_ID"), tuple("i-2", "CASES_DOMAIN"));
        assertThat(reading.attributes())
                .contains(List.of(
                        new InstanceAttribute("CONTACTFLOW_LOGS", "true"),
                        new InstanceAttribute("HIGH_VOLUME_OUTBOUND", "false")));
        assertThat(reading.unread()).isEmpty();
    }

    @Test
    void only_what_is_in_the_scope_is_asked_for() {
        connect.add(new ModelInstance(arn));

        InstanceReading reading = read(new ReadScope(Set.of("ATTACHMENTS"), Set.of(LexVersion.V2), false, false))
                .orElseThrow();

        assertThat(connect.requests()).containsExactly("DescribeInstance", "ListInstanceStorageConfigs", "ListBots");
        assertThat(reading.storage()).isEqualTo(Map.of("ATTACHMENTS", List.of()));
        assertThat(reading.bots()).isEqualTo(Map.of(LexVersion.V2, List.of()));
        assertThat(reading.integrations()).isEmpty();
        assertThat(reading.attributes()).isEmpty();
    }

    @Test
    void a_setting_that_may_not_be_read_is_noted_and_the_others_are_read() {
        // Given
        connect.add(new ModelInstance(arn).attribute("CONTACT_LENS", "true").withLexV2(ALIAS));
        connect.deny("ListIntegrationAssociations");
        connect.answerNext("ListBots", ModelAnswer.error(400, "InvalidRequestException", "no Lex V1 here"));

        // When
        InstanceReading reading = read(ReadScope.ALL).orElseThrow();

        // Then
        assertThat(reading.unread())
                .extracting(Unread::part, Unread::kind)
                .containsExactly(tuple("bots V1", Kind.REJECTED), tuple("integrations", Kind.DENIED));
        assertThat(reading.unread().getLast().reason()).contains("connect:ListIntegrationAssociations");
        assertThat(reading.integrations()).isEmpty();
        assertThat(reading.bots()).containsOnlyKeys(LexVersion.V2);
        assertThat(reading.attributes())
                .hasValueSatisfying(attributes -> assertThat(attributes).hasSize(1));
    }

    @Test
    void an_instance_that_is_not_there_is_empty() {
        assertThat(read(ReadScope.ALL)).isEmpty();
        assertThat(connect.requests()).containsExactly("DescribeInstance");
    }

    @Test
    void an_instance_that_is_deleted_while_it_is_read_is_empty() {
        connect.add(new ModelInstance(arn));

        Optional<InstanceReading> reading = replica.in(HERE, gateway -> {
            ConnectGateway deleting = gateway;
            return deleting.instance(arn.id())
                    .invoke(() -> time.later(Duration.ofSeconds(3), () -> connect.remove(arn)))
                    .chain(() -> new InstanceReader(deleting, time).read(arn.id(), ReadScope.ALL));
        });

        assertThat(reading).isEmpty();
    }

    @Test
    void a_setting_that_is_not_found_on_an_instance_that_is_there_is_noted() {
        connect.add(new ModelInstance(arn));
        connect.answerNext(
                "ListInstanceAttributes", ModelAnswer.error(404, "ResourceNotFoundException", "for a moment"));

        assertThat(read(ReadScope.ALL).orElseThrow().unread())
                .extracting(Unread::part, Unread::kind)
                .containsExactly(tuple("attributes", Kind.NOT_FOUND));
    }

    @Test
    void an_instance_that_is_not_active_has_no_settings_to_read() {
        connect.add(new ModelInstance(arn).described(summary -> summary.put("InstanceStatus", "CREATION_FAILED")));

        InstanceReading reading = read(ReadScope.ALL).orElseThrow();

        assertThat(reading.instance().status()).isEqualTo(ConnectInstance.Status.CREATION_FAILED);
        assertThat(reading.storage()).isEmpty();
        assertThat(connect.requests()).containsExactly("DescribeInstance");
    }

    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequestsException, THROTTLED, 5",
        "400, ThrottlingException, THROTTLED, 5",
        "500, InternalServiceException, UNAVAILABLE, 5",
        "503, '', UNAVAILABLE, 5",
        "403, AccessDeniedException, DENIED, 1",
        "403, '', DENIED, 1",
        "400, InvalidRequestException:, REJECTED, 1",
        "400, com.amazonaws.connect#InvalidParameterException, REJECTED, 1",
        "403, InvalidSignatureException, UNREACHABLE, 1",
        "403, UnrecognizedClientException, UNREACHABLE, 2",
        "302, '', REJECTED, 1",
        "200, '', MALFORMED, 1"
    })
    void each_failure_has_its_meaning_and_its_attempts(int status, String code, Kind kind, int attempts) {
        // Given a service that answers nothing else
        connect.answerNext(
                "DescribeInstance",
                Collections.nCopies(
                                9,
                                status == 200
                                        ? new ModelAnswer(200, Map.of(), "<html></html>")
                                        : ModelAnswer.error(status, code, "as a test wants it"))
                        .toArray(ModelAnswer[]::new));

        // When, and then
        assertThatExceptionOfType(ConnectCallException.class)
                .isThrownBy(() -> replica.in(HERE, gateway -> gateway.instance(arn.id())))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
        assertThat(connect.requests()).hasSize(attempts);
        assertThat(replica.forgotten()).hasSize(kind == Kind.UNREACHABLE && attempts == 2 ? 2 : 0);
    }

    @Test
    void the_code_of_an_error_may_be_in_its_body() {
        connect.answerNext(
                "DescribeInstance",
                new ModelAnswer(
                        400,
                        Map.of(),
                        "{\"__type\":\"com.amazonaws.connect#ResourceNotFoundException\",\"message\":\"none\"}"));

        assertThat(replica.<Optional<ConnectInstance>>in(HERE, gateway -> gateway.instance(arn.id())))
                .isEmpty();
    }

    @Test
    void a_failure_that_passes_is_not_seen() {
        connect.add(new ModelInstance(arn));
        connect.answerNext(
                "DescribeInstance",
                ModelAnswer.throttled(),
                ModelAnswer.error(500, "InternalServiceException", "oops"),
                ModelAnswer.error(403, "ExpiredTokenException", "expired"));

        assertThat(replica.<Optional<ConnectInstance>>in(HERE, gateway -> gateway.instance(arn.id())))
                .isPresent();
        assertThat(replica.forgotten()).hasSize(1);
    }

    @Test
    void pages_that_lead_to_themselves_come_to_an_end() {
        connect.answerNext(
                "ListBots",
                Collections.nCopies(9, new ModelAnswer(200, Map.of(), "{\"LexBots\":[],\"NextToken\":\"again\"}"))
                        .toArray(ModelAnswer[]::new));

        assertThatExceptionOfType(ConnectCallException.class)
                .isThrownBy(() -> replica.in(HERE, gateway -> gateway.bots(arn.id(), LexVersion.V2)))
                .withMessageContaining("do not end");
        assertThat(connect.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5H", "PT-6M", "PT6M", "PT72H"})
    void a_clock_that_is_wrong_is_made_good_by_the_first_answer(Duration ahead) {
        // Given
        connect.add(new ModelInstance(arn));
        ModelConnect there = new ModelConnect(() -> time.instant().plus(ahead));
        there.add(new ModelInstance(arn));
        VirtualReplica wrong = new VirtualReplica(time, new InProcessConnect(there::answer), RequestRate.DEFAULT);

        // When
        Function<ConnectGateway, Uni<Optional<ConnectInstance>>> describe = gateway -> gateway.instance(arn.id());

        // Then
        assertThat(wrong.in(HERE, describe)).isPresent();
        assertThat(wrong.in(HERE, describe)).isPresent();
        assertThat(there.requests()).hasSize(3);
    }

    @Test
    void a_hundred_instances_take_the_time_that_the_rate_allows() {
        // Given an account with its rate
        connect.limitRate();
        for (int i = 0; i < 100; i++) {
            connect.add(new ModelInstance(arn(i)));
        }
        Instant begun = time.instant();

        // When all are read, one whole before the next
        int read = replica.in(HERE, gateway -> {
            InstanceReader reader = new InstanceReader(gateway, time);
            Uni<Integer> all = Uni.createFrom().item(0);
            for (int i = 0; i < 100; i++) {
                InstanceArn each = arn(i);
                all = all.flatMap(before -> reader.read(each.id(), ReadScope.ALL)
                        .map(found -> before + found.map(any -> 1).orElse(0)));
            }
            return all;
        });

        // Then nothing was throttled, and nothing waited for longer than it had to
        assertThat(read).isEqualTo(100);
        assertThat(connect.throttled()).isZero();
        long requests = connect.requests().size();
        assertThat(requests).isBetween(1_800L, 100L * ReadScope.ALL.requests());
        assertThat(Duration.between(begun, time.instant()))
                .isBetween(
                        RequestRate.DEFAULT.time(requests - 5),
                        RequestRate.DEFAULT.time(requests).plusSeconds(1));
    }

    @Test
    void two_replicas_without_a_lease_come_to_share_the_rate() {
        // Given a second replica that should not be there
        connect.limitRate();
        connect.add(new ModelInstance(arn));
        VirtualReplica other = replica();
        List<Integer> counts = new ArrayList<>(List.of(0, 0));

        // When both ask for ten minutes
        CompletableFuture<?> one = ask(replica, counts, 0);
        time.pass(Duration.ofMillis(100));
        CompletableFuture<?> two = ask(other, counts, 1);
        time.pass(Duration.ofMinutes(10));

        // Then the rate is used by both
        assertThat(List.of(one, two)).noneMatch(CompletableFuture::isDone);
        int all = counts.get(0) + counts.get(1);
        assertThat(all).isGreaterThan(2 * 600 * 3 / 4);
        assertThat(counts).allSatisfy(count -> assertThat(count).isGreaterThan(all / 4));
        assertThat(connect.throttled()).isLessThan(all / 8);
    }

    private CompletableFuture<?> ask(VirtualReplica asking, List<Integer> counts, int index) {
        return asking.begin(
                HERE,
                gateway -> gateway.instance(arn.id())
                        .invoke(found -> counts.set(index, counts.get(index) + 1))
                        .onFailure()
                        .recoverWithItem(Optional.empty())
                        .repeat()
                        .indefinitely()
                        .collect()
                        .last());
    }

    @Test
    void a_lane_that_someone_else_fills_slows_down_and_recovers() {
        // Given a replica that reads, and others that take all there is for a minute
        connect.limitRate();
        connect.add(new ModelInstance(arn));
        List<Integer> counts = new ArrayList<>(List.of(0));
        CompletableFuture<?> reading = ask(replica, counts, 0);
        VirtualReplica greedy =
                new VirtualReplica(time, new InProcessConnect(connect::answer), new RequestRate(50, 50));
        time.pass(Duration.ofSeconds(10));
        var others = greedy.begin(
                HERE,
                gateway -> gateway.instance(arn.id())
                        .onFailure()
                        .recoverWithItem(Optional.empty())
                        .repeat()
                        .indefinitely()
                        .collect()
                        .last());
        Set<Double> rates = new TreeSet<>();
        for (int second = 0; second < 60; second++) {
            time.pass(Duration.ofSeconds(1));
            replica.pacer().pace(HERE).ifPresent(pace -> rates.add(pace.perSecond()));
        }

        // When they stop
        others.cancel(true);
        time.pass(Duration.ofMinutes(2));

        // Then
        assertThat(reading).isNotDone();
        assertThat(Collections.min(rates)).isLessThanOrEqualTo(1);
        assertThat(replica.pacer().pace(HERE))
                .hasValueSatisfying(pace -> assertThat(pace.perSecond()).isEqualTo(RequestRate.DEFAULT.perSecond()));
    }

    @Test
    void another_account_or_region_does_not_wait() {
        ConnectLocation there = new ConnectLocation("444455556666", "us-west-2");
        connect.limitRate();
        connect.add(new ModelInstance(arn));
        connect.answerNext(
                "DescribeInstance",
                Collections.nCopies(3, ModelAnswer.throttled()).toArray(ModelAnswer[]::new));

        var slow = replica.begin(HERE, gateway -> gateway.instance(arn.id()));
        time.pass(Duration.ofSeconds(1));
        InstancePage page = replica.in(there, gateway -> gateway.instances(Optional.empty()));

        assertThat(page.instances()).isEmpty();
        assertThat(slow).isNotDone();
        assertThat(replica.pacer().pace(there)).isEmpty();
    }

    private Optional<InstanceReading> read(ReadScope scope) {
        return replica.in(HERE, gateway -> new InstanceReader(gateway, time).read(arn.id(), scope));
    }

    private static InstanceArn arn(int number) {
        return InstanceArn.parse(
                "arn:aws:connect:us-west-2:%s:instance/%08d-0000-4000-8000-000000000000".formatted(ACCOUNT, number));
    }
}
