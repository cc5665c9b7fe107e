package dev.linkedrole.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.bench.worker.SqsClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The servers' process, and the ways to it. */
final class Aws implements AutoCloseable {

    /** Assumed: AWS publishes no figures. Round trips within a region were seen to take about so long. */
    static final int READ_MILLIS = 30;

    static final int WRITE_MILLIS = 80;

    private static final List<String> KINDS = List.of("instance-created", "feature-enabled", "instance-deleted");

    private static final Duration START = Duration.ofSeconds(60);

    private final Child child;
    private final URI sqs;
    private final URI dynamoDb;
    private final URI iam;
    private final SqsAsyncClient client;
    private final DynamoDbAsyncClient ledgers;
    private final HttpClient http = HttpClient.newHttpClient();

    private Aws(Child child, JsonNode ports) {
        this.child = child;
        this.sqs = at(ports.get("sqs"));
        this.dynamoDb = at(ports.get("dynamodb"));
        this.iam = at(ports.get("iam"));
        this.client = SqsClients.at(sqs);
        this.ledgers = LedgerTable.client(dynamoDb);
    }

    private static URI at(JsonNode port) {
        return URI.create("http://127.0.0.1:" + port.intValue());
    }

    static Aws start(Workshop workshop) throws IOException, InterruptedException {
        List<String> command = workshop.jvm(
                "servers",
                List.of("-Xmx3g", "-Dsun.net.httpserver.nodelay=true"),
                "dev.linkedrole.bench.servers.Servers",
                Integer.toString(READ_MILLIS),
                Integer.toString(WRITE_MILLIS));
        Child child = Child.start("servers", command, workshop.log("servers"));
        try {
            return new Aws(child, child.reply(START));
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    URI sqs() {
        return sqs;
    }

    URI dynamoDb() {
        return dynamoDb;
    }

    URI iam() {
        return iam;
    }

    SqsAsyncClient client() {
        return client;
    }

    /** What IAM was asked since the last {@link #forgetIamCalls}, by action. */
    Map<String, Long> iamCalls() throws IOException, InterruptedException {
        Map<String, Long> calls = new LinkedHashMap<>();
        control("calls").lines().forEach(line -> {
            String[] parts = line.split(" ");
            calls.put(parts[0], Long.parseLong(parts[1]));
        });
        return calls;
    }

    void forgetIamCalls() throws IOException, InterruptedException {
        control("forget-calls");
    }

    void iamDelay(int readMillis, int writeMillis) throws IOException, InterruptedException {
        control("delay?read=" + readMillis + "&write=" + writeMillis);
    }

    /** A line for each role in IAM: name, inline policies, characters in them. */
    List<String> iamRoles() throws IOException, InterruptedException {
        return control("roles").lines().toList();
    }

    /** A queue, with a dead-letter queue as the service wants it; messages come back after a minute, as in production. */
    String createQueue(String name) {
        String dead = client.createQueue(q -> q.queueName(name + "-dlq")).join().queueUrl();
        String arn = client.getQueueAttributes(g -> g.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .join()
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return client.createQueue(q -> q.queueName(name)
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                "60",
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"20\"}")))
                .join()
                .queueUrl();
    }

    String queueUrl(String name) {
        return client.getQueueUrl(q -> q.queueName(name)).join().queueUrl();
    }

    DynamoDbAsyncClient ledgers() {
        return ledgers;
    }

    void createLedger(Path resources, String name) throws IOException {
        LedgerTable.read(resources).create(ledgers, name);
    }

    /** The settings of a service with queues and a ledger of its own, which are made here. Its resync keeps out of the way. */
    Map<String, String> serviceSettings(Path resources, String name, Map<String, String> more) throws IOException {
        createLedger(resources, name);
        KINDS.forEach(kind -> createQueue(queueName(name, kind)));
        return settings(name, more);
    }

    /** The settings of a service whose queues and ledger are there. */
    Map<String, String> settings(String name, Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("LINKED_ROLE_TABLE", name, "LINKED_ROLE_RESYNC_EVERY", "1d"));
        KINDS.forEach(kind -> settings.put(
                "LINKED_ROLE_QUEUES_" + kind.toUpperCase(Locale.ROOT).replace('-', '_'), queueName(name, kind)));
        settings.putAll(more);
        return settings;
    }

    private static String queueName(String name, String kind) {
        return name + kind.substring(kind.indexOf('-'));
    }

    /** How many messages a queue holds. */
    int messages(String queue) {
        return Integer.parseInt(client.getQueueAttributes(g ->
                        g.queueUrl(queueUrl(queue)).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .join()
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /** Makes roles like one that is there, with other instances' ids in the place of its own. */
    void copyRole(String model, List<String> instances) throws IOException, InterruptedException {
        control("copy-role?of=" + model, String.join("\n", instances));
    }

    private String control(String what) throws IOException, InterruptedException {
        return control(what, "");
    }

    private String control(String what, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(iam.resolve("/_bench/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(what + ": " + response.statusCode());
        }
        return response.body();
    }

    @Override
    public void close() {
        client.close();
        ledgers.close();
        http.close();
        child.close();
    }
}
