package dev.linkedrole.testing.aws;

import dev.linkedrole.testing.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerLaunchException;

/**
 * The AWS that tests run against: the one that {@code AWS_ENDPOINT_URL} names; else {@link LocalStackInDocker}, if
 * {@code LOCAL_AWS} says so, or says nothing and Docker has the image from Docker Hub; else the server that {@code localstack/up} starts
 * on a free port. A server that is started here ends with the process.
 *
 * <p>The SDK's own system properties direct all clients of this process to it.
 */
public final class LocalAws {

    private static final String ENDPOINT = "aws.endpointUrl";
    private static final String REGION = "aws.region";
    private static final String ACCESS_KEY = "aws.accessKeyId";
    private static final String SECRET_KEY = "aws.secretAccessKey";

    private static final Pattern EXPORTED_ENDPOINT = Pattern.compile("AWS_ENDPOINT_URL=(\\S+)");

    private LocalAws() {}

    /** Returns the directory with this project's {@code deploy} and {@code localstack}. */
    public static Path projectDirectory() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    /**
     * Starts a local AWS if necessary and sets the SDK's system properties. Does nothing the second time, even if
     * classes are loaded twice, since system properties are global.
     */
    public static synchronized void require() {
        if (System.getProperty(ENDPOINT) != null) {
            return;
        }
        URI endpoint = given().or(LocalAws::container).orElseGet(LocalAws::process);
        System.setProperty(REGION, environment("AWS_REGION").orElse("us-east-1"));
        System.setProperty(ACCESS_KEY, environment("AWS_ACCESS_KEY_ID").orElse("test"));
        System.setProperty(SECRET_KEY, environment("AWS_SECRET_ACCESS_KEY").orElse("test"));
        System.setProperty(ENDPOINT, endpoint.toString());
    }

    /** Environment variables that direct another process to the local AWS. */
    public static Map<String, String> environment() {
        require();
        return Map.of(
                "AWS_ENDPOINT_URL", System.getProperty(ENDPOINT),
                "AWS_REGION", System.getProperty(REGION),
                "AWS_ACCESS_KEY_ID", System.getProperty(ACCESS_KEY),
                "AWS_SECRET_ACCESS_KEY", System.getProperty(SECRET_KEY));
    }

    /** System properties that direct the clients of another process to the local AWS. */
    static Map<String, String> properties() {
        require();
        return Stream.of(ENDPOINT, REGION, ACCESS_KEY, SECRET_KEY)
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    private static Optional<URI> given() {
        return environment("AWS_ENDPOINT_URL").map(URI::create);
    }

    private static Optional<URI> container() {
        Optional<String> kind = environment("LOCAL_AWS");
        if (kind.isPresent()) {
            return kind.filter("docker"::equals).map(docker -> LocalStackInDocker.start());
        }
        if (!LocalStackInDocker.hasPublishedImage()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalStackInDocker.start());
        } catch (ContainerLaunchException | IllegalStateException e) {
            System.err.println(LocalStackInDocker.IMAGE + " is there but does not start, so it is done without: " + e);
            return Optional.empty();
        }
    }

    private static URI process() {
        String port = String.valueOf(freePort());
        String localstack = projectDirectory().resolve("localstack").toString();
        // Registered first: if the start is interrupted, the server is still stopped.
        atExit(() -> Commands.succeeds(localstack + "/down", "--port", port));
        String said = Commands.run(List.of(localstack + "/up", "--port", port), Map.of());
        Matcher exported = EXPORTED_ENDPOINT.matcher(said);
        if (!exported.find()) {
            throw new IllegalStateException("localstack/up did not say where it is:\n" + said);
        }
        return URI.create(exported.group(1));
    }

    private static void atExit(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "local-aws-stop"));
    }

    /** Finds a free port that no other test gets. */
    public static int freePort() {
        return Ports.free();
    }
}
