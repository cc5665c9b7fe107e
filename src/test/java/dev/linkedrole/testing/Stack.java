package dev.linkedrole.testing;

import static org.awaitility.Awaitility.await;

import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.time.TestTimeout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A CloudFormation stack, asked for by plain requests: tests need little of its API. */
public final class Stack {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Pattern RESOURCE = Pattern.compile("<LogicalResourceId>([^<]+)</LogicalResourceId>");
    private static final Pattern STATUS = Pattern.compile("<StackStatus>(\\w+)</StackStatus>");

    private final String name;
    private final String template;
    private final String region;
    private final AwsCredentialsIdentity credentials;

    /**
     * Creates nothing yet.
     *
     * @param template name of a file in {@code deploy}
     */
    public Stack(String name, String template) {
        this(
                name,
                template,
                of("AWS_REGION"),
                AwsCredentialsIdentity.create(of("AWS_ACCESS_KEY_ID"), of("AWS_SECRET_ACCESS_KEY")));
    }

    /**
     * Creates nothing yet.
     *
     * @param template name of a file in {@code deploy}
     * @param region region of the stack
     * @param credentials credentials in the account of the stack
     */
    public Stack(String name, String template, String region, AwsCredentialsIdentity credentials) {
        this.name = name;
        this.template = template;
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * Creates the stack and waits until it exists.
     *
     * @param parameters as {@code Key=Value}
     */
    public void create(List<String> parameters) {
        Map<String, String> form = form("CreateStack");
        form.put("TemplateBody", template());
        form.put("Capabilities.member.1", "CAPABILITY_NAMED_IAM");
        for (int i = 0; i < parameters.size(); i++) {
            String[] parts = parameters.get(i).split("=", 2);
            form.put("Parameters.member." + (i + 1) + ".ParameterKey", parts[0]);
            form.put("Parameters.member." + (i + 1) + ".ParameterValue", parts[1]);
        }
        call(form);
        String status = await("the stack " + name)
                .atMost(TestTimeout.LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(this::status, found -> !found.endsWith("_IN_PROGRESS"));
        if (!status.equals("CREATE_COMPLETE")) {
            throw new IllegalStateException("the stack " + name + " ended in " + status);
        }
    }

    /** Deletes the stack and waits until it is gone. */
    public void delete() {
        call(form("DeleteStack"));
        await("the end of the stack " + name)
                .atMost(TestTimeout.LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> {
                    HttpResponse<String> answer = send(form("DescribeStacks"));
                    return answer.statusCode() != 200 || answer.body().contains("DELETE_COMPLETE");
                });
    }

    /** Logical ids of the resources that were made. */
    public Set<String> resources() {
        return RESOURCE.matcher(call(form("DescribeStackResources")))
                .results()
                .map(resource -> resource.group(1))
                .collect(Collectors.toSet());
    }

    private String status() {
        String description = call(form("DescribeStacks"));
        Matcher status = STATUS.matcher(description);
        if (!status.find()) {
            throw new IllegalStateException("a stack without a status:\n" + description);
        }
        return Objects.requireNonNull(status.group(1));
    }

    private Map<String, String> form(String action) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", action);
        form.put("Version", "2010-05-15");
        form.put("StackName", name);
        return form;
    }

    private String template() {
        try {
            return Files.readString(
                    LocalAws.projectDirectory().resolve("deploy").resolve(template));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no template", e);
        }
    }

    private String call(Map<String, String> form) {
        HttpResponse<String> answer = send(form);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(form.get("Action") + " of the stack " + name + ": " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> send(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(signed(body), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("CloudFormation cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpRequest signed(String body) {
        SdkHttpRequest request = AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials)
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(URI.create(of("AWS_ENDPOINT_URL") + "/"))
                                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .build())
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "cloudformation")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        HttpRequest.Builder result = HttpRequest.newBuilder(request.getUri())
                .timeout(TestTimeout.LONGEST)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        // The client itself sets the header Host.
        request.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> result.header(name, value));
            }
        });
        return result.build();
    }

    private static String of(String variable) {
        return Objects.requireNonNull(LocalAws.environment().get(variable), variable);
    }
}
