package dev.linkedrole.producers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The AsyncAPI document, with its references unresolved. */
final class AsyncApi {

    static final Path FILE = LocalAws.projectDirectory().resolve("src/main/resources/META-INF/resources/asyncapi.yaml");

    private static final JsonNode DOCUMENT = read();

    private AsyncApi() {}

    private static JsonNode read() {
        try {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
            return new ObjectMapper().valueToTree(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode document() {
        return DOCUMENT;
    }

    /** Returns the examples of all messages with a tag. */
    static Stream<Example> examples(String tag) {
        return DOCUMENT.at("/components/messages")
                .propertyStream()
                .map(message -> message.getValue())
                .filter(message -> message.at("/tags/0/name").asText().equals(tag))
                .flatMap(message -> message.path("examples")
                        .valueStream()
                        .map(example -> new Example(
                                message.path("name").asText(),
                                example.path("name").asText(),
                                example.path("payload"),
                                example.path("headers"))));
    }

    /**
     * An example of a message.
     *
     * @param message the message's name
     * @param name the example's name
     */
    record Example(String message, String name, JsonNode payload, JsonNode headers) {
        @Override
        public String toString() {
            return message + ": " + name;
        }
    }
}
