package dev.linkedrole;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layout of the packages in the sources: sizes, imports, and the pages that describe them. */
class LayoutTest {

    private static final Path MAIN = Path.of("src/main/java/dev/linkedrole");
    private static final Path TEST = Path.of("src/test/java/dev/linkedrole");
    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final int MAX_FILES = 25;

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?dev\\.linkedrole\\.((?:[a-z]\\w*\\.)+)[A-Z]", Pattern.MULTILINE);
    private static final Pattern MAY_USE = Pattern.compile("May use ([^.]*(?:\\.\\w[^.]*)*)\\.\\s", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\{@code ([\\w.]+)}");
    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`([\\w.]+)`");

    private static final Pattern INCLUDE = Pattern.compile("<include>([^<]*)</include>");
    private static final Pattern EXCLUDE = Pattern.compile("<exclude>([^<]*Test\\.java)</exclude>");

    /** Former names that the glossary has replaced. */
    private static final Set<String> OLD_WORDS = Set.of(
            "Allowance",
            "Answers",
            "Arrival",
            "Aspects",
            "Awaiting",
            "Basis",
            "BirthMark",
            "Census",
            "Circuit",
            "Described",
            "Dues",
            "Expectation",
            "Facet",
            "Footprint",
            "Gatherer",
            "Gathering",
            "Growth",
            "Handled",
            "Heartbeat",
            "Hold",
            "Home",
            "InHand",
            "InstanceLanes",
            "Mark",
            "Named",
            "Outlet",
            "OutboxBell",
            "OwnIdentity",
            "Packing",
            "Places",
            "Polls",
            "Refusal",
            "Relocation",
            "Removal",
            "Shelves",
            "Shifts",
            "Survey",
            "SurveyedRole",
            "Sweep",
            "Sweeps",
            "Tally",
            "Telling",
            "Told",
            "Turns",
            "Unit",
            "Waiting",
            "WantedRole",
            "Vandal",
            "Meddler",
            "Weather",
            "Plot",
            "Onlooker",
            "Timetable");

    @Test
    void no_package_has_more_than_25_files() {
        for (Path root : List.of(MAIN, TEST)) {
            files(root).forEach((name, files) -> assertThat(files).as(name).hasSizeLessThanOrEqualTo(MAX_FILES));
        }
    }

    @Test
    void every_package_info_lists_the_packages_that_are_imported() {
        imports().forEach((name, imported) -> {
            if (!name.isEmpty()) {
                assertThat(mayUse(name)).as(name).isEqualTo(imported);
            }
        });
    }

    @Test
    void the_layout_table_is_what_the_imports_say() {
        SortedMap<String, SortedSet<String>> table = new TreeMap<>();
        String page = read(ARCHITECTURE);
        int begin = page.indexOf("## Packages");
        Matcher row = ROW.matcher(page.substring(begin, page.indexOf("\n## ", begin)));
        while (row.find()) {
            table.put(row.group(1), all(QUOTED, row.group(2)));
        }
        SortedMap<String, SortedSet<String>> imports = new TreeMap<>(imports());
        imports.remove("");
        assertThat(table).isEqualTo(imports);
    }

    @Test
    void packages_form_no_circle() {
        SortedMap<String, SortedSet<String>> left = new TreeMap<>(imports());
        Set<String> done = new HashSet<>();
        while (left.entrySet().removeIf(entry -> done.containsAll(entry.getValue()) && done.add(entry.getKey()))) {
            // Another package, all of whose imports are known to be in no circle.
        }
        assertThat(left).as("packages that are in a circle, or need one").isEmpty();
    }

    @Test
    void no_class_has_a_name_that_the_glossary_replaced() {
        assertThat(Stream.of(MAIN, TEST)
                        .flatMap(root -> files(root).values().stream())
                        .flatMap(List::stream)
                        .map(file -> file.getFileName().toString().replace(".java", "")))
                .doesNotContainAnyElementsOf(OLD_WORDS);
    }

    @Test
    void every_quarkus_test_runs_in_the_execution_that_starts_the_service_once() {
        String pom = read(Path.of("pom.xml"));
        assertThat(files(TEST).values().stream()
                        .flatMap(List::stream)
                        .filter(file -> read(file).contains("\n@QuarkusTest\n"))
                        .map(TEST::relativize))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(pom)
                        .containsAnyOf(
                                "<include>**/" + file.getFileName() + "<",
                                "<include>**/" + file.getParent() + "/*Test.java<"));
        assertThat(all(INCLUDE, pom)).isEqualTo(all(EXCLUDE, pom));
    }

    private static SortedMap<String, SortedSet<String>> imports() {
        SortedMap<String, SortedSet<String>> imports = new TreeMap<>();
        files(MAIN).forEach((name, files) -> {
            SortedSet<String> imported = files.stream()
                    .filter(file -> !file.endsWith("package-info.java"))
                    .flatMap(file -> all(IMPORT, read(file)).stream())
                    .map(found -> found.substring(0, found.length() - 1))
                    .filter(found -> !found.equals(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            imports.put(name, imported);
        });
        return imports;
    }

    private static SortedSet<String> mayUse(String name) {
        String text = read(MAIN.resolve(name.replace('.', '/')).resolve("package-info.java"))
                .replaceAll("\\n \\* ?", " ");
        Matcher list = MAY_USE.matcher(text);
        assertThat(list.find()).as("'May use' in the package-info of " + name).isTrue();
        return all(CODE, list.group(1));
    }

    private static SortedSet<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the files of each package, by its name below the root. */
    private static Map<String, List<Path>> files(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(file -> file.toString().endsWith(".java"))
                    .collect(groupingBy(
                            file -> root.relativize(file.getParent()).toString().replace('/', '.')));
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
