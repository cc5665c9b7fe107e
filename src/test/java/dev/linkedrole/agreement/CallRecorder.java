package dev.linkedrole.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.linkedrole.testing.aws.AwsProxy;
import dev.linkedrole.testing.iam.Permission;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.iam.IamClient;

/** Proxy to the local AWS that records the permissions which the calls of a service need. */
final class CallRecorder implements AutoCloseable {

    private static final Pattern GIVEN_KEY = Pattern.compile("<AccessKeyId>([^<]+)</AccessKeyId>");
    private static final Pattern USED_KEY = Pattern.compile("Credential=([^/]+)/");
    private static final Map<String, String> TRANSACTED =
            Map.of("Put", "PutItem", "Update", "UpdateItem", "Delete", "DeleteItem", "Get", "GetItem");
    private static final String REGION = "us-east-1";

    private final String home;
    private final AwsProxy proxy;
    private final Map<String, String> accountsByKey = new ConcurrentHashMap<>();
    private final Map<String, IamClient> clients = new ConcurrentHashMap<>();
    private final Set<AwsCall> calls = ConcurrentHashMap.newKeySet();
    private volatile Predicate<String> unavailable = body -> false;

    /**
     * @param home account of the service
     */
    CallRecorder(String home) {
        this.home = home;
        this.proxy = AwsProxy.start(this::answer);
    }

    /** Environment variables that direct all calls of a service to this proxy. */
    Map<String, String> environment() {
        return proxy.environment();
    }

    Set<AwsCall> calls() {
        return Set.copyOf(calls);
    }

    boolean has(String action) {
        return calls.stream().anyMatch(call -> call.action().equals(action));
    }

    /** Answers calls with such a body that the service is unavailable. */
    void makeUnavailable(Predicate<String> body) {
        unavailable = body;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            String body = new String(bytes, StandardCharsets.UTF_8);
            calls.addAll(needed(exchange, body));
            if (unavailable.test(body)) {
                AwsProxy.send(exchange, 503, new byte[0]);
                return;
            }
            HttpResponse<byte[]> response = proxy.passOn(exchange, bytes);
            if (body.startsWith("Action=AssumeRole&")) {
                Matcher given = GIVEN_KEY.matcher(new String(response.body(), StandardCharsets.UTF_8));
                if (given.find()) {
                    accountsByKey.put(
                            Objects.requireNonNull(given.group(1)),
                            Arn.fromString(AwsProxy.form(body).get("RoleArn"))
                                    .accountId()
                                    .orElseThrow());
                }
            }
            AwsProxy.passBack(exchange, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<AwsCall> needed(HttpExchange exchange, String body) {
        String service = AwsProxy.serviceOf(exchange);
        return switch (service) {
            case "iam" -> {
                String key = key(exchange);
                IamClient iam = clients.computeIfAbsent(key, IamCallReader::client);
                yield new IamCallReader(accountsByKey.getOrDefault(key, home), iam, AwsProxy.form(body)).needed();
            }
            case "sts" -> ofSts(AwsProxy.form(body));
            case "sns" -> List.of(ofSns(AwsProxy.form(body)));
            case "sqs" -> List.of(ofSqs(operation(exchange), Permission.parse(body)));
            case "events" ->
                buses(Permission.parse(body))
                        .map(bus -> new AwsCall(home, "events:" + operation(exchange), bus, Map.of()))
                        .toList();
            case "dynamodb" ->
                ofDynamoDb(operation(exchange), Permission.parse(body)).toList();
            default -> throw new IllegalStateException("not a service that the controller calls: " + service);
        };
    }

    /** Permissions of a call to STS; {@code GetCallerIdentity} needs none. */
    private List<AwsCall> ofSts(Map<String, String> form) {
        if ("GetCallerIdentity".equals(form.get("Action"))) {
            return List.of();
        }
        Map<String, String> context = new HashMap<>();
        context.put("sts:RoleSessionName", form.getOrDefault("RoleSessionName", ""));
        if (form.containsKey("ExternalId")) {
            context.put("sts:ExternalId", form.getOrDefault("ExternalId", ""));
        }
        return List.of(new AwsCall(home, "sts:" + form.get("Action"), form.getOrDefault("RoleArn", ""), context));
    }

    private AwsCall ofSns(Map<String, String> form) {
        return new AwsCall(
                home, "sns:" + single(form.getOrDefault("Action", "")), form.getOrDefault("TopicArn", ""), Map.of());
    }

    private AwsCall ofSqs(String operation, JsonNode body) {
        String queue =
                body.path("QueueName").asText(body.path("QueueUrl").asText().replaceFirst("^.*/", ""));
        return new AwsCall(
                home, "sqs:" + single(operation), "arn:aws:sqs:" + REGION + ":" + home + ":" + queue, Map.of());
    }

    private Stream<AwsCall> ofDynamoDb(String operation, JsonNode body) {
        if (operation.startsWith("Transact")) {
            return elements(body.path("TransactItems"))
                    .flatMap(item -> item.properties().stream())
                    .map(part -> ofTable(
                            TRANSACTED.getOrDefault(part.getKey(), "ConditionCheckItem"),
                            part.getValue().path("TableName").asText()));
        }
        if (operation.equals("BatchGetItem")) {
            return body.path("RequestItems").properties().stream().map(table -> ofTable(operation, table.getKey()));
        }
        String index = body.path("IndexName").asText();
        String table = body.path("TableName").asText();
        return Stream.of(ofTable(operation, index.isEmpty() ? table : table + "/index/" + index));
    }

    private AwsCall ofTable(String operation, String table) {
        return new AwsCall(
                home, "dynamodb:" + operation, "arn:aws:dynamodb:" + REGION + ":" + home + ":table/" + table, Map.of());
    }

    private static Stream<String> buses(JsonNode body) {
        return body.has("Name")
                ? Stream.of(body.path("Name").asText())
                : elements(body.path("Entries"))
                        .map(entry -> entry.path("EventBusName").asText());
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** The operation whose permission a batch of it needs. */
    private static String single(String operation) {
        return operation.replaceFirst("Batch$", "");
    }

    private static String operation(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst("^.*\\.", "");
    }

    private static String key(HttpExchange exchange) {
        Matcher used = USED_KEY.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!used.find()) {
            throw new IllegalStateException("a call to IAM that is not signed");
        }
        return Objects.requireNonNull(used.group(1));
    }

    @Override
    public void close() {
        proxy.close();
        clients.values().forEach(IamClient::close);
    }
}
