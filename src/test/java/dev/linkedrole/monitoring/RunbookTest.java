package dev.linkedrole.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.role.model.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The runbook has a section for each condition and each alarm, and the alerts lead there. */
class RunbookTest {

    private static final Path PAGE = Path.of("docs", "runbook.md");
    private static final Path ALARMS = Path.of("deploy", "alarms.yaml");
    private static final Path RULES_TEST = Path.of("deploy", "prometheus", "rules-test.yaml");
    private static final Pattern ALARM =
            Pattern.compile("^  (\\w+):\\n    Type: AWS::CloudWatch::Alarm$", Pattern.MULTILINE);
    private static final Pattern SECTION =
            Pattern.compile("^## (.+)$|^### (.+)\\n(?s:(.*?))(?=^#{2,3} |\\z)", Pattern.MULTILINE);

    @Test
    void each_condition_has_its_section() throws IOException {
        assertThat(headings("Conditions"))
                .isEqualTo(Arrays.stream(Condition.Type.values())
                        .map(Enum::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void each_alert_has_its_section_and_leads_there() throws IOException {
        List<Queries.Alert> alerts = Queries.alerts();
        assertThat(headings("Alerts of Prometheus"))
                .isEqualTo(alerts.stream().map(Queries.Alert::name).collect(Collectors.toCollection(TreeSet::new)));
        assertThat(alerts)
                .allSatisfy(alert -> assertThat(alert.runbook())
                        .isEqualTo("docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void each_alarm_has_its_section() throws IOException {
        Set<String> alarms = ALARM.matcher(Files.readString(ALARMS))
                .results()
                .map(alarm -> alarm.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(headings("Alarms of CloudWatch")).isEqualTo(alarms).hasSizeGreaterThan(15);
    }

    @Test
    void each_section_says_what_it_means_and_what_to_do() throws IOException {
        assertThat(sections().filter(section -> section.group(2) != null))
                .allSatisfy(section -> assertThat(section.group(3))
                        .as(section.group(2))
                        .contains("**Means:**", "**Look at")
                        .containsPattern("(\\*\\*Do|, do):\\*\\*"));
    }

    @Test
    void each_alert_is_tested_to_fire_and_to_be_quiet() throws IOException {
        // Given
        JsonNode tests = new ObjectMapper()
                .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(RULES_TEST)));
        Set<String> firing = new HashSet<>();
        Set<String> quiet = new HashSet<>();

        // When
        tests.at("/tests")
                .forEach(test -> test.path("alert_rule_test")
                        .forEach(rule -> (rule.path("exp_alerts").isEmpty() ? quiet : firing)
                                .add(rule.get("alertname").asText())));

        // Then
        Set<String> alerts = Queries.alerts().stream().map(Queries.Alert::name).collect(Collectors.toSet());
        assertThat(firing).isEqualTo(alerts);
        assertThat(quiet).isEqualTo(alerts);
    }

    /** Returns the names in the headings under one of the page's chapters. */
    private static Set<String> headings(String chapter) throws IOException {
        Set<String> names = new TreeSet<>();
        String[] present = {""};
        sections().forEach(section -> {
            if (section.group(1) != null) {
                present[0] = section.group(1);
            } else if (present[0].equals(chapter)) {
                names.addAll(List.of(section.group(2).split(", ")));
            }
        });
        return names;
    }

    private static Stream<MatchResult> sections() throws IOException {
        return SECTION.matcher(Files.readString(PAGE)).results();
    }
}
