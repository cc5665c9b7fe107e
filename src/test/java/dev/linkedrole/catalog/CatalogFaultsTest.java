package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of a catalog are reported when it is loaded, with the file's name and the line. */
class CatalogFaultsTest {

    static final List<Fault> FAULTS = List.of(
            // The text
            new Fault("an empty file", CatalogText.LIGHTHOUSE, "", "it is empty"),
            new Fault(
                    "a prefix too long",
                    "namePrefix: Light",
                    "namePrefix: Very_very_very_very_long_Light",
                    "at most 32"),
            new Fault("an offer of nothing known", "partitions: [aws]", "planets: [earth]", "planets"),
            new Fault("no YAML", "base:\n", "base: [\n", "while parsing"),
            new Fault("a tab", "  beacon:", "\tbeacon:", "cannot start any token"),
            new Fault("a Java object", "name: lighthouse", "name: !!java.net.URL ['x']", "java.net.URL"),
            new Fault("a duplicate key", "service: lighthouse", "name: other", "found duplicate key name"),
            new Fault("a duplicate feature", "  fog-horn:", "  beacon:", "found duplicate key beacon"),
            new Fault("a list", CatalogText.LIGHTHOUSE, "[]", "Array"),
            // Keys
            new Fault("an unknown key", "base:\n", "basis: []\nbase:\n", "\"basis\""),
            new Fault("an unknown key deep down", "kind: lamp", "kind: lamp\n        colour: red", "colour"),
            new Fault("a missing key", "service: lighthouse\n", "", "Missing required creator property 'service'"),
            new Fault(
                    "a missing key deep down",
                    "    actions: [sea:Watch]\n",
                    "",
                    "'actions' (index 2) (line 11, at /base[0]"),
            new Fault(
                    "a key without a value", "description: Keeps ships off the rocks.", "description:", "description"),
            new Fault("a feature without content", "  fog-horn:", "  siren:\n  fog-horn:", "/features/siren"),
            new Fault("a list with a hole", "[sea:Watch]", "[sea:Watch, null]", "/base[0]/actions[1]"),
            new Fault("a list where a text is due", "kind: lamp", "kind: [lamp]", "/features/beacon/resources[0]/kind"),
            new Fault(
                    "an effect that there is not",
                    "sid: Horn",
                    "sid: Horn\n        effect: Forbid",
                    "[Allow, Deny] (line 31"),
            // Meanings
            new Fault("a feature called base", "  beacon:", "  base:", "no feature may be called 'base'"),
            new Fault("one Sid with two meanings", "sid: Horn", "sid: Lamps", "the Sid Lamps stands for two different"),
            new Fault(
                    "one Sid with and without conditions",
                    "horns:Blow",
                    "horns:Blow]\n        resources: ['*']\n      - sid: Horn\n        actions: [horns:Blow",
                    "the Sid Horn stands for two different"),
            new Fault(
                    "two Sids with one meaning",
                    "[lamps:Light, lamps:Douse]",
                    "[sea:Watch]",
                    "the Sids Watch and Lamps stand for the same"),
            new Fault(
                    "two Sids with one meaning in another order",
                    "actions: [sea:Watch]",
                    "actions: [lamps:Douse, lamps:Light]",
                    "the Sids Watch and Lamps stand for the same"),
            new Fault("a Sid that IAM does not take", "sid: Horn", "sid: Fog-Horn", "unlike 'Fog-Horn'"),
            new Fault("a statement without actions", "[horns:Blow]", "[]", "the Sid Horn has no actions"),
            new Fault("a statement without resources", "resources: [\"*\"]", "resources: []", "Watch has no resources"),
            new Fault("an unfilled name in the base", "[\"*\"]", "[\"{lamp}\"]", "nothing fills [lamp]"),
            new Fault("an unfilled name in a feature", "horn/{instance}", "horn/{lamp}", "nothing fills [lamp]"),
            new Fault("an unfilled name in a kind", ":lamp/{lamp}\"", ":lamp/{lantern}\"", "nothing fills [lantern]"),
            new Fault("a where of nothing", "lamp: \"[a-z]+\"", "lantern: \"[a-z]+\"", "there is no {lantern} in arn:"),
            new Fault("a where that is no expression", "[a-z]+", "[a-z+", "Unclosed character class"));

    /** Malformed texts, rejected by the reader and by the schema. */
    static final List<Fault> MISSPELT = List.of(
            new Fault("an action without a colon", "[sea:Watch]", "[Watch]", "unlike 'Watch' (line 12)"),
            new Fault("all actions", "[sea:Watch]", "['*']", "an action is SERVICE:ACTION"),
            new Fault("an action of no service", "[sea:Watch]", "[':Watch']", "unlike ':Watch' (line 12)"),
            new Fault("an action with a space", "[sea:Watch]", "['sea: Watch']", "unlike 'sea: Watch' (line 12)"),
            new Fault("an operator that there is not", "StringEquals:", "StringEqualz:", "'StringEqualz' (line 34)"),
            new Fault("an operator in lower case", "StringEquals:", "stringequals:", "an operator is one of IAM's"),
            new Fault("an operator of no set", "StringEquals:", "ForSomeValues:StringEquals:", "ForSomeValues"),
            new Fault("Null with IfExists", "StringEquals:", "NullIfExists:", "an operator is one of IAM's"),
            new Fault("a condition key without a colon", "horns:weather:", "weather:", "'weather' (line 35)"),
            new Fault(
                    "a number that is none", "StringEquals:\n            horns:weather: fog",
                    "NumericLessThan:\n            horns:weather: fog", "is a number, unlike 'fog' (line 35)"),
            new Fault(
                    "a date that is none", "StringEquals:\n            horns:weather: fog",
                    "DateLessThan:\n            horns:weather: fog", "is a date"),
            new Fault(
                    "a yes to Bool", "StringEquals:\n            horns:weather: fog",
                    "Bool:\n            horns:weather: 'yes'", "true or false"),
            new Fault(
                    "an address that is none", "StringEquals:\n            horns:weather: fog",
                    "NotIpAddress:\n            horns:weather: fog", "an address or a range"),
            new Fault(
                    "an ARN that is none", "StringEquals:\n            horns:weather: fog",
                    "ForAnyValue:ArnLike:\n            horns:weather: fog", "is an ARN, unlike 'fog'"),
            new Fault(
                    "everybody as principal",
                    "principal: lighthouse.example.com",
                    "principal: '*'",
                    "unlike '*' (line 7)"),
            new Fault(
                    "an account as principal",
                    "principal: lighthouse.example.com",
                    "principal: arn:aws:iam::111122223333:root",
                    "(line 7)"),
            new Fault("a service in capitals", "service: lighthouse", "service: Lighthouse", "(line 6)"),
            new Fault("a name of two lines", "name: lighthouse\n", "name: \"light\\nhouse\"\n", "one line of text"),
            new Fault("a name of nothing", "name: lighthouse\n", "name: ''\n", "one line of text"),
            new Fault("a kind of nothing", "kind: lamp", "kind: ' '", "one line of text"),
            new Fault("a feature with a space", "  fog-horn:", "  fog horn:", "unlike 'fog horn' (line 25)"),
            new Fault("a partition on the moon", "partitions: [aws]", "partitions: [moon]", "unlike 'moon' (line 27)"),
            new Fault("a region on the moon", "us-west-2,", "luna,", "unlike 'luna' (line 28)"),
            new Fault("a resource that is no ARN", "[\"*\"]", "[lamps]", "unlike 'lamps' (line 13)"),
            new Fault("a resource of no partition", "[\"*\"]", "['arn:moon:lamps:::lamp']", "(line 13)"),
            new Fault("a resource of an ARN too short", "[\"*\"]", "['arn:aws:lamps:lamp']", "(line 13)"),
            new Fault("a resource of all services", "[\"*\"]", "['arn:aws:*:::lamp']", "(line 13)"),
            new Fault("a name in capitals", "[\"*\"]", "['arn:aws:lamps:::lamp/{Lamp}']", "(line 13)"),
            new Fault("a brace too few", "[\"*\"]", "['arn:aws:lamps:::lamp/{lamp']", "(line 13)"),
            new Fault("a kind that is no ARN", "arn: arn:{partition}:", "arn: lamps:{partition}:", "(line 18)"),
            new Fault("a kind with a wildcard", "{account}:lamp/{lamp}\n", "{account}:lamp/{lamp}*\n", "(line 18)"));

    static List<Fault> misspelt() {
        return MISSPELT;
    }

    /** Lists all faults. */
    static List<Fault> all() {
        return Stream.concat(FAULTS.stream(), MISSPELT.stream()).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringEqualsIfExists: {'aws:RequestTag/my team': fog}",
                "ForAllValues:StringNotEqualsIgnoreCase: {'aws:TagKeys': team}",
                "ForAnyValue:StringLikeIfExists: {'saml:aud': 'https://*'}",
                "NumericLessThanEquals: {'s3:max-keys': 10}",
                "DateGreaterThan: {'aws:CurrentTime': '2026-11-30T09:00:00Z'}",
                "Bool: {'aws:SecureTransport': true}",
                "'Null': {'aws:TagKeys': 'false'}",
                "BinaryEquals: {'horns:key': 'QmluYXJ5'}",
                "NotIpAddressIfExists: {'aws:SourceIp': '2001:db8::/32'}",
                "ArnLike: {'aws:SourceArn': 'arn:aws:lamps:*:*:lamp/*'}",
                "ArnNotEquals: {'aws:SourceArn': '${aws:PrincipalArn}'}"
            })
    void every_operator_of_iam_is_taken(String condition) {
        // Given a catalog with it
        String catalog = CatalogText.LIGHTHOUSE.replace("StringEquals:\n            horns:weather: fog", condition);
        assertThat(catalog).contains(condition);

        // Then reader and schema take it
        assertThat(CatalogFile.read("it", catalog).features()).hasSize(2);
        assertThat(new CatalogSchemaTest().faults(catalog)).isEmpty();
    }

    @Test
    void what_yaml_takes_for_a_date_has_to_be_put_in_quotes() {
        String catalog = CatalogText.LIGHTHOUSE.replace(
                "StringEquals:\n            horns:weather: fog", "DateLessThan: {'aws:CurrentTime': 2026-11-30}");

        assertThatThrownBy(() -> CatalogFile.read("it", catalog))
                .hasMessageContaining("put '2026-11-30' in quotes")
                .hasMessageContaining("(line 34)");
    }

    @Test
    void a_text_that_is_merged_is_rejected_where_it_stands() {
        String catalog = CatalogText.LIGHTHOUSE
                .replace("          - sid: Lamps\n", "          - &lamps\n            sid: Lamps\n")
                .replace("lamps:Douse]", "Douse]")
                .replace(
                        "    withoutResource:\n",
                        "    withoutResource:\n      - <<: *lamps\n        resources: ['*']\n");

        assertThatThrownBy(() -> CatalogFile.read("it", catalog)).hasMessageContaining("unlike 'Douse' (line 24)");
    }

    @Test
    void without_a_fault_it_loads(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("catalog.yaml");
        Files.writeString(file, CatalogText.LIGHTHOUSE);

        assertThat(CatalogFile.load(file.toString()).features()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_fault_is_an_invalid_value_that_names_the_file_and_the_fault(Fault fault, @TempDir Path directory)
            throws IOException {
        // Given a catalog with one fault
        assertThat(CatalogText.LIGHTHOUSE).contains(fault.instead());
        Path file = directory.resolve("catalog.yaml");
        Files.writeString(file, CatalogText.LIGHTHOUSE.replace(fault.instead(), fault.written()));

        // Then it is not loaded, and the message says where and why
        assertThatThrownBy(() -> CatalogFile.load(file.toString()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("the catalog " + file + " cannot be used: ")
                .hasMessageContaining(fault.message());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void every_message_names_a_line(Fault fault, @TempDir Path directory) throws IOException {
        // Given a catalog with one fault
        Path file = directory.resolve("catalog.yaml");
        Files.writeString(file, CatalogText.LIGHTHOUSE.replace(fault.instead(), fault.written()));

        // Then
        assertThatThrownBy(() -> CatalogFile.load(file.toString()))
                .hasMessageMatching("(?s).*\\bline [1-9][0-9]*\\b.*");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            an unknown key at the top | service: lighthouse | servant: lighthouse            | 5
            a kind without an ARN     | arn: arn:           | earn: arn:                     | 17
            a Sid with two meanings   | sid: Horn           | sid: Lamps                     | 30
            a name that nothing fills | horn/{instance}     | horn/{lamp}                    | 30
            a feature called base     | beacon:             | base:                          | 15
            a where of nothing        | lamp: "[a-z]+"      | lantern: "[a-z]+"              | 20
            """)
    void the_message_names_the_line(String name, String instead, String written, int line, @TempDir Path directory)
            throws IOException {
        // Given
        Path file = directory.resolve("catalog.yaml");
        Files.writeString(file, CatalogText.LIGHTHOUSE.replace(instead, written));

        // Then
        assertThatThrownBy(() -> CatalogFile.load(file.toString())).hasMessageContaining("(line " + line);
    }

    /**
     * A fault to make.
     *
     * @param name its name
     * @param instead the original text
     * @param written the text that replaces it
     * @param message the expected message
     */
    record Fault(String name, String instead, String written, String message) {

        /** Returns the catalog with this fault. */
        String catalog() {
            return CatalogText.LIGHTHOUSE.replace(instead, written);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
