package dev.linkedrole.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Page with blocks of commands, those of which have a title that the page says are tried. */
final class Page {

    private static final Pattern BLOCK =
            Pattern.compile("^```bash title=\"([^\"]+)\"\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final Map<String, String> blocks = new LinkedHashMap<>();
    private final Map<String, String> environment;

    private Page(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads the blocks with a title.
     *
     * @param environment variables for their commands
     */
    static Page read(String file, Map<String, String> environment) throws IOException {
        Page page = new Page(environment);
        String text = Files.readString(LocalAws.projectDirectory().resolve(file));
        BLOCK.matcher(text).results().forEach(block -> {
            assertThat(block.group(2)).as(block.group(1)).startsWith("# tried");
            page.blocks.put(block.group(1), block.group(2));
        });
        return page;
    }

    Set<String> titles() {
        return blocks.keySet();
    }

    /** Puts another text in the place of one, in each block. */
    void replace(String text, String other) {
        blocks.replaceAll((title, block) -> block.replace(text, other));
    }

    /** Appends commands to a block. */
    void append(String title, String commands) {
        blocks.merge(title, commands, String::concat);
    }

    /** Runs blocks in one shell, which stops at the first command that fails. */
    void run(String... titles) throws IOException {
        StringBuilder script = new StringBuilder("set -euo pipefail\nexport PATH=$PWD/localstack:$PATH AWS_PAGER=''\n");
        for (String title : titles) {
            script.append(Objects.requireNonNull(blocks.get(title), title));
        }
        Path file = Files.createTempFile("page", ".sh");
        try {
            Files.writeString(file, script);
            Commands.run(List.of("bash", file.toString()), environment);
        } finally {
            Files.delete(file);
        }
    }

    /** Runs the AWS command line, and returns its answer. */
    JsonNode aws(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("localstack/aws"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--output", "json"));
        String answer = Commands.run(command, environment);
        return new ObjectMapper().readTree(answer.isBlank() ? "{}" : answer);
    }
}
