package dev.linkedrole.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in a container that Testcontainers starts. It ends with the process; in a run of {@code localstack/with
 * --testcontainers} it is the run's, whose processes share it, and which ends it.
 */
public final class LocalStackInDocker {

    /** The image, as {@code localstack/local-aws.sh} names it. */
    public static final String IMAGE = "localstack/localstack:4.14.0";

    /** The variable with the run's name, which is also the value of the container's label. */
    private static final String RUN = "LOCAL_AWS_RUN";

    private static final String LABEL = "dev.linkedrole.run";

    private LocalStackInDocker() {}

    /** True if Docker has the image from Docker Hub, rather than one that {@code localstack/image} has built. */
    static boolean hasPublishedImage() {
        String label = "{{index .Config.Labels \"dev.linkedrole.built-from\"}}";
        return Commands.succeeds("docker", "image", "inspect", IMAGE)
                && Commands.run(List.of("docker", "image", "inspect", "--format", label, IMAGE), Map.of())
                        .isBlank();
    }

    /** Starts the container, or finds the one that another process of the same run has started. */
    static URI start() {
        LocalStackContainer container = container();
        Optional<String> run = Optional.ofNullable(System.getenv(RUN));
        if (run.isPresent()) {
            startOnce(container.withLabel(LABEL, run.get()).withReuse(true));
        } else {
            Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "localstack-stop"));
            container.start();
        }
        return container.getEndpoint();
    }

    @SuppressWarnings("resource") // The container is stopped when the process or the run ends.
    private static LocalStackContainer container() {
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
                .withServices("sqs", "iam", "sts", "dynamodb", "cloudformation", "cloudwatch", "sns", "events")
                .withEnv("SQS_ENDPOINT_STRATEGY", "dynamic")
                .withEnv("SQS_DISABLE_CLOUDWATCH_METRICS", "1")
                .withEnv("DYNAMODB_IN_MEMORY", "1")
                .withEnv("DNS_ADDRESS", "0")
                .withEnv("DISABLE_EVENTS", "1")
                .withEnv("SKIP_SSL_CERT_DOWNLOAD", "1")
                .withStartupTimeout(Duration.ofMinutes(2))
                // The container waits for a script that is copied into it, and may run it half-written.
                .withStartupAttempts(3);
        // On the loopback interface only, at a free port.
        container.setPortBindings(List.of("127.0.0.1::4566"));
        return container;
    }

    /** Starts the container unless another process of the run does so now, or has done so. */
    private static void startOnce(LocalStackContainer container) {
        Path file = LocalAws.projectDirectory().resolve("target/local-aws/testcontainers.lock");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                container.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be locked: " + file, e);
        }
    }
}
