package dev.linkedrole.connectmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.InstanceArn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Amazon Connect in memory, with all accounts and regions. The account of a request is the end of its access key
 * ({@link #accessKey}). Time is passed in.
 */
public final class ModelConnect {

    /** Difference of two clocks that AWS allows. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final String KEY_PREFIX = "AKIA";

    private final ApiModel api = ApiModel.get();
    private final InstantSource clock;
    private final SortedMap<String, ModelInstance> instances = new TreeMap<>();
    private final Map<String, RequestBucket> buckets = new HashMap<>();
    private final Map<String, Queue<ModelAnswer>> faults = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final List<String> misfits = new ArrayList<>();
    private int throttled;
    private boolean limited;
    private int pageSize = Integer.MAX_VALUE;

    public ModelConnect(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the access key of an account. */
    public static String accessKey(String account) {
        return KEY_PREFIX + account;
    }

    /** Returns the account whose credentials have signed a request. */
    public static String account(ModelRequest request) {
        return request.signature().accessKey().substring(KEY_PREFIX.length());
    }

    /** Adds an instance. */
    public synchronized void add(ModelInstance instance) {
        instances.put(key(instance.arn()), instance);
    }

    /** Removes an instance. */
    public synchronized void remove(InstanceArn arn) {
        instances.remove(key(arn));
    }

    /** Limits the rate as an account without a raised quota has it: two a second, five at once. */
    public synchronized void limitRate() {
        limited = true;
    }

    /** Answers with smaller pages than are asked for, as any service may. */
    public synchronized void answerInPagesOf(int size) {
        pageSize = size;
    }

    /** Answers the next requests of an operation with these, one after the other. */
    public synchronized void answerNext(String operation, ModelAnswer... answers) {
        faults.computeIfAbsent(operation, first -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /** Takes the permission for an operation away. */
    public synchronized void deny(String operation) {
        denied.add(operation);
    }

    /** Operations that were requested, in their order. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Times of the requests, in their order. */
    public synchronized List<Instant> times() {
        return List.copyOf(times);
    }

    /** Number of requests that were throttled. */
    public synchronized int throttled() {
        return throttled;
    }

    /** Requests and answers that do not fit the API. */
    public synchronized List<String> misfits() {
        return List.copyOf(misfits);
    }

    /** Answers a request. */
    public synchronized ModelAnswer answer(ModelRequest request) {
        ModelAnswer answer = checked(request);
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        return new ModelAnswer(answer.status(), headers, answer.body());
    }

    private ModelAnswer checked(ModelRequest request) {
        Optional<String> found = api.operation(request.method(), request.path());
        if (found.isEmpty()) {
            misfits.add(request.method() + " " + request.path());
            return ModelAnswer.error(404, "UnknownOperationException", "no such operation");
        }
        String operation = found.get();
        requests.add(operation);
        times.add(clock.instant());
        Optional<ModelAnswer> rejected = rejected(request, operation);
        if (rejected.isPresent()) {
            return rejected.get();
        }
        Queue<ModelAnswer> prepared = faults.getOrDefault(operation, new ArrayDeque<>());
        if (!prepared.isEmpty()) {
            return prepared.remove();
        }
        return answer(request, operation);
    }

    private Optional<ModelAnswer> rejected(ModelRequest request, String operation) {
        ModelRequest.Signature signature = request.signature();
        List<String> signed = List.of(signature.headers().split(";", -1));
        if (!signature.service().equals(api.signingName()) || !signed.containsAll(List.of("host", "x-amz-date"))) {
            return error(403, "IncompleteSignatureException", "not signed as it has to be");
        }
        Duration skew = Duration.between(request.signedAt(), clock.instant()).abs();
        if (skew.compareTo(SKEW) > 0) {
            return error(403, "InvalidSignatureException", "Signature expired");
        }
        if (!signature.accessKey().startsWith(KEY_PREFIX)) {
            return error(403, "UnrecognizedClientException", "The security token is invalid");
        }
        if (limited && !bucket(signature).take(clock.instant())) {
            throttled++;
            return Optional.of(ModelAnswer.throttled());
        }
        if (denied.contains(operation)) {
            return error(403, "AccessDeniedException", "not authorized to perform: connect:" + operation);
        }
        List<String> wrong = api.faultsOfQuery(operation, request.query());
        misfits.addAll(wrong);
        return wrong.isEmpty() ? Optional.empty() : error(400, "InvalidParameterException", String.join("; ", wrong));
    }

    private static Optional<ModelAnswer> error(int status, String type, String message) {
        return Optional.of(ModelAnswer.error(status, type, message));
    }

    private RequestBucket bucket(ModelRequest.Signature signature) {
        return buckets.computeIfAbsent(
                signature.accessKey() + "/" + signature.region(), first -> new RequestBucket(2, 5, clock.instant()));
    }

    private ModelAnswer answer(ModelRequest request, String operation) {
        String place = place(request);
        if (operation.equals("ListInstances")) {
            List<JsonNode> here = instances.subMap(place, place + "~").values().stream()
                    .map(instance -> (JsonNode) instance.summary())
                    .toList();
            return page(request, operation, "InstanceSummaryList", here);
        }
        ModelInstance instance = instances.get(place + request.path().split("/", -1)[2]);
        if (instance == null) {
            return ModelAnswer.error(404, "ResourceNotFoundException", "The specified resource was not found.");
        }
        return switch (operation) {
            case "DescribeInstance" ->
                fitting(operation, JsonNodeFactory.instance.objectNode().set("Instance", instance.summary()));
            case "ListInstanceStorageConfigs" ->
                page(request, operation, "StorageConfigs", instance.storage(parameter(request, "resourceType")));
            case "ListBots" -> page(request, operation, "LexBots", instance.bots(parameter(request, "lexVersion")));
            case "ListIntegrationAssociations" ->
                page(request, operation, "IntegrationAssociationSummaryList", instance.integrations());
            case "ListInstanceAttributes" -> page(request, operation, "Attributes", instance.attributes());
            default -> throw new IllegalStateException(operation);
        };
    }

    private static String parameter(ModelRequest request, String name) {
        return request.query().getOrDefault(name, "");
    }

    private ModelAnswer page(ModelRequest request, String operation, String member, List<JsonNode> all) {
        int most = Math.min(pageSize, Integer.parseInt(request.query().getOrDefault("maxResults", "10")));
        int from = Optional.ofNullable(request.query().get("nextToken"))
                .map(token -> Integer.parseInt(
                        new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).substring(6)))
                .orElse(0);
        int to = Math.min(all.size(), from + most);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(member, ModelInstance.array(all.subList(from, to)));
        if (to < all.size()) {
            // Such tokens have characters that a query has to encode.
            byte[] token = ("item>?" + to).getBytes(StandardCharsets.UTF_8);
            answer.put("NextToken", Base64.getEncoder().encodeToString(token));
        }
        return fitting(operation, answer);
    }

    private ModelAnswer fitting(String operation, JsonNode answer) {
        misfits.addAll(api.faultsOfAnswer(operation, answer));
        return ModelAnswer.of(answer.toString());
    }

    private static String place(ModelRequest request) {
        ModelRequest.Signature signature = request.signature();
        return signature.accessKey().substring(KEY_PREFIX.length()) + "/" + signature.region() + "/";
    }

    private static String key(InstanceArn arn) {
        return arn.account() + "/" + arn.region() + "/" + arn.id();
    }
}
