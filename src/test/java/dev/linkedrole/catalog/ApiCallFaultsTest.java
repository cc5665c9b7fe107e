package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.catalog.CatalogFaultsTest.Fault;
import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.Feature.Authority;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults in a catalog's rules on API calls, with their lines; the schema rejects those of form, too. */
class ApiCallFaultsTest {

    private static final int FIRST_LINE = (int) CatalogText.LIGHTHOUSE
                    .substring(0, CatalogText.LIGHTHOUSE.indexOf("api-calls:"))
                    .lines()
                    .count()
            + 1;

    static Stream<Fault> ofForm() {
        return Stream.of(
                fault("a service in capitals", "eventSource: lighthouse.example.com", "eventSource: Lighthouse", 1),
                fault(
                        "no source",
                        "  eventSource: lighthouse.example.com\n",
                        "",
                        1,
                        "Missing required",
                        "'eventSource'"),
                fault("an unknown key", "replaces: true", "replaces: true\n      colour: red", 13, "colour"),
                fault("a call with a blank", "[BuildLighthouse]", "[Build Lighthouse]", 3, "'Build Lighthouse'"),
                fault("no call", "[BuildLighthouse]", "[]", 3, "a rule needs a call"),
                fault("a path of nowhere", "[responseElements.Arn]", "[answer.Arn]", 4, "'answer.Arn'"),
                fault("a bare path", "requestParameters.Lamp.Kind:", "requestParameters:", 8, "'requestParameters'"),
                fault(
                        "an event that there is not",
                        "event: instance-created",
                        "event: instance-built",
                        5,
                        "instance-built"),
                fault("a wildcard", "lamp/{requestParameters.Lamp.Name}", "lamp/*", 11, "a resource of an API call"),
                fault("an unknown name", "{requestParameters.Lamp.Name}", "{lamp}", 11, "a resource of an API call"),
                fault("a value with an unknown name", "[LED, GAS]", "['{lamp}']", 8, "'{lamp}'"),
                fault("no feature", "      feature: beacon\n", "", 6, "feature goes with"),
                fault(
                        "a feature of an instance",
                        "event: instance-created",
                        "event: instance-created\n      feature: beacon",
                        3,
                        "feature goes with"),
                fault(
                        "resources of an instance",
                        "event: instance-created",
                        "event: instance-created\n      resources: [a]",
                        3,
                        "resources go with"),
                fault(
                        "an association of an instance",
                        "event: instance-created",
                        "event: instance-created\n      association: responseElements.Id",
                        3,
                        "an association goes with"),
                fault(
                        "an alias of a feature",
                        "replaces: true",
                        "alias: requestParameters.Alias",
                        6,
                        "an alias goes with"),
                fault(
                        "a replacement by nothing",
                        "event: feature-enabled",
                        "event: feature-disabled",
                        6,
                        "replaces goes with"),
                fault(
                        "resources beside an association",
                        "event: feature-enabled",
                        "event: feature-disabled\n      association: requestParameters.Id",
                        6,
                        "goes with"));
    }

    static Stream<Fault> ofMeaning() {
        return Stream.of(
                fault("a feature that there is not", "feature: beacon", "feature: telepathy", 10, "'telepathy'"),
                fault(
                        "a feature that needs a resource",
                        "      resources:"
                                + " [\"arn:{partition}:lamps:{region}:{account}:lamp/{requestParameters.Lamp.Name}\"]\n",
                        "",
                        10,
                        "enables 'beacon' without a resource"));
    }

    /** @param line line of the fault, counted from that of the section */
    private static Fault fault(String name, String is, String instead, int line, String... said) {
        return new Fault(
                name,
                is,
                instead,
                String.join(
                        "|",
                        Stream.concat(Stream.of(said), Stream.of("(line " + (FIRST_LINE + line)))
                                .toList()));
    }

    @Test
    void a_feature_of_the_service_is_one_that_a_call_enables() {
        Fault fault = new Fault("", "  fog-horn:\n", "  fog-horn:\n    authority: service\n", "");
        int line = (int) CatalogText.LIGHTHOUSE
                        .substring(0, CatalogText.LIGHTHOUSE.indexOf("  fog-horn:"))
                        .lines()
                        .count()
                + 1;

        assertThatThrownBy(() -> CatalogFile.read("mine.yaml", fault.catalog()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the service is the authority for 'fog-horn'")
                .hasMessageContaining("which no rule of the API calls enables (line " + line + ")");
    }

    @Test
    void a_rule_that_only_disables_a_feature_does_not_make_it_the_services() {
        String catalog = CatalogText.LIGHTHOUSE.replace("  fog-horn:\n", "  fog-horn:\n    authority: service\n")
                + "    - calls: [BreakHorn]\n      event: feature-disabled\n      feature: fog-horn\n";

        assertThatThrownBy(() -> CatalogFile.read("mine.yaml", catalog))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the authority for 'fog-horn'");
    }

    @Test
    void an_authority_that_there_is_not_is_reported_with_its_line() {
        Fault fault = new Fault("", "  beacon:\n", "  beacon:\n    authority: keeper\n", "");
        int line = (int) CatalogText.LIGHTHOUSE
                        .substring(0, CatalogText.LIGHTHOUSE.indexOf("  beacon:"))
                        .lines()
                        .count()
                + 2;

        assertThatThrownBy(() -> CatalogFile.read("mine.yaml", fault.catalog()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("keeper")
                .hasMessageContaining("(line " + line + ", at /features/beacon/authority)");
        assertThat(new CatalogSchemaTest().faults(fault.catalog())).isNotEmpty();
    }

    @Test
    void producers_are_the_authority_unless_the_catalog_says_otherwise() {
        FeatureCatalog catalog = CatalogFile.read(
                "lighthouse", CatalogText.LIGHTHOUSE.replace("  beacon:\n", "  beacon:\n    authority: service\n"));

        assertThat(catalog.feature("beacon").orElseThrow().authority()).isEqualTo(Authority.SERVICE);
        assertThat(catalog.feature("fog-horn").orElseThrow().authority()).isEqualTo(Authority.PRODUCERS);
        assertThat(CatalogFile.read(
                                "lighthouse",
                                CatalogText.LIGHTHOUSE.replace("  beacon:\n", "  beacon:\n    authority: producers\n"))
                        .feature("beacon")
                        .orElseThrow()
                        .authority())
                .isEqualTo(Authority.PRODUCERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amazon-connect", "amazon-connect-2026"})
    void the_service_is_the_authority_for_what_its_calls_enable(String name) {
        FeatureCatalog catalog = CatalogFile.load(name);

        assertThat(catalog.features().values().stream()
                        .filter(feature -> feature.authority() == Authority.SERVICE)
                        .map(Feature::name))
                .containsExactlyInAnyOrderElementsOf(catalog.apiCalls().orElseThrow().rules().stream()
                        .map(ApiCallRule::result)
                        .filter(ApiCallRule.Enabled.class::isInstance)
                        .map(result -> ((ApiCallRule.Enabled) result).feature())
                        .distinct()
                        .toList());
    }

    static Stream<Fault> all() {
        return Stream.concat(ofForm(), ofMeaning());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_fault_is_reported_with_its_line(Fault fault) {
        assertThatThrownBy(() -> CatalogFile.read("mine.yaml", fault.catalog()))
                .isInstanceOf(InvalidValueException.class)
                .satisfies(e -> assertThat(List.of(fault.message().split("\\|", -1)))
                        .allSatisfy(part -> assertThat(e.getMessage()).contains(part)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofForm")
    void the_schema_rejects_a_fault_of_form_too(Fault fault) {
        assertThat(new CatalogSchemaTest().faults(fault.catalog())).isNotEmpty();
    }

    @Test
    void rules_are_read_as_they_are_written() {
        ApiCalls calls = CatalogFile.read("lighthouse", CatalogText.LIGHTHOUSE)
                .apiCalls()
                .orElseThrow();

        assertThat(calls.eventSource()).isEqualTo("lighthouse.example.com");
        assertThat(calls.of("BuildLighthouse")).singleElement().satisfies(rule -> {
            assertThat(rule.instance()).containsExactly("responseElements.Arn");
            assertThat(rule.result()).isInstanceOf(ApiCallRule.Created.class);
        });
        assertThat(calls.of("ReplaceLamp")).singleElement().satisfies(rule -> {
            assertThat(rule.instance()).containsExactly("requestParameters.InstanceId");
            assertThat(rule.when()).containsOnlyKeys("requestParameters.Lamp.Kind");
            assertThat(rule.result())
                    .isInstanceOfSatisfying(
                            ApiCallRule.Enabled.class,
                            enabled -> assertThat(enabled.replaces()).isTrue());
        });
        assertThat(calls.of("SinkShip")).isEmpty();
    }
}
