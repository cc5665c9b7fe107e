package dev.linkedrole.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Call to Amazon Connect in the golden file, and the events that it becomes.
 *
 * @param call its name
 * @param request parameters in PascalCase; {@link ApiCallEvent#INSTANCE} in them stands for the instance
 * @param response answer of the call, likewise
 * @param alias alias that is recorded beforehand; empty if none is
 * @param association association that is recorded beforehand; empty if none is
 * @param becomes the events, or the reason why there are none
 */
public record GoldenApiCall(
        String call, JsonNode request, JsonNode response, String alias, String association, List<String> becomes) {

    private static final Path FILE = Path.of("src/test/resources/api-calls/amazon-connect.yaml");

    public GoldenApiCall {
        becomes = List.copyOf(becomes);
    }

    /** Returns all calls of the file. */
    public static List<GoldenApiCall> all() {
        List<GoldenApiCall> all = new ArrayList<>();
        for (JsonNode row : tree()) {
            List<String> becomes = new ArrayList<>();
            row.get("becomes").forEach(event -> becomes.add(event.textValue()));
            all.add(new GoldenApiCall(
                    row.get("call").textValue(),
                    row.get("request"),
                    row.has("response") ? row.get("response") : NullNode.getInstance(),
                    row.path("alias").asText(),
                    row.path("association").asText(),
                    becomes));
        }
        return all;
    }

    private static JsonNode tree() {
        try {
            String file = Files.readString(LocalAws.projectDirectory().resolve(FILE));
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return new ObjectMapper().valueToTree(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return call + " " + request + " becomes " + becomes;
    }
}
