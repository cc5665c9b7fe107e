package dev.linkedrole.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The queries of the alerts and of the dashboard. */
final class Queries {

    private static final Path RULES = Path.of("deploy", "prometheus", "rules.yaml");
    private static final Path DASHBOARD = Path.of("deploy", "grafana", "dashboard.json");

    private Queries() {}

    /** An alert: its query, and the page and heading that say what to do. */
    record Alert(String name, String query, String runbook) {}

    static List<Alert> alerts() {
        JsonNode rules = new ObjectMapper().valueToTree(new Yaml().load(read(RULES)));
        List<Alert> alerts = new ArrayList<>();
        rules.at("/groups")
                .forEach(group -> group.get("rules")
                        .forEach(rule -> alerts.add(new Alert(
                                rule.get("alert").asText(),
                                rule.get("expr").asText(),
                                rule.at("/annotations/runbook_url").asText()))));
        return alerts;
    }

    /** Returns all queries by the name of their alert or panel. */
    static Map<String, String> all() {
        Map<String, String> queries = new LinkedHashMap<>();
        alerts().forEach(alert -> queries.put(alert.name(), alert.query()));
        dashboard()
                .at("/panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.put(
                                panel.get("title").asText() + " "
                                        + target.get("refId").asText(),
                                target.get("expr").asText())));
        return queries;
    }

    static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(read(DASHBOARD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
