package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of promises has all sentences of the documentation, and names existing tests and code. */
class PromisesTest {

    private static final Path DOCS = Path.of("docs");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");

    static Stream<Promise> promises() {
        return lines(DOCS.resolve("promises.md")).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| sentence |"))
                .map(Promise::read);
    }

    @Test
    void every_sentence_is_there_once() {
        // Given what the documentation says, and the sentences that only lead elsewhere
        List<String> sentences = lines(Path.of("src", "test", "resources", "promises", "sentences.txt"));
        List<String> elsewhere = lines(DOCS.resolve("promises.md")).stream()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();

        // Then each is a row, in the order in which they stand, or leads elsewhere
        assertThat(promises().map(Promise::sentence))
                .containsExactlyElementsOf(sentences.stream()
                        .filter(sentence -> !elsewhere.contains(sentence))
                        .toList());
        assertThat(sentences).containsAll(elsewhere);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("promises")
    void what_is_named_is_there(Promise promise) throws ReflectiveOperationException {
        // Given a row, which says where it is done and what shows it
        assertThat(promise.where()).containsPattern(LINK);
        assertThat(promise.shownBy()).containsPattern(TEST);

        // Then there are such files
        assertThat(found(LINK, promise.where() + promise.shownBy()))
                .extracting(link -> DOCS.resolve(link.group(1)).normalize())
                .allMatch(Files::exists);

        // And such tests
        for (MatchResult test : found(TEST, promise.shownBy())) {
            assertThat(testsOf(test.group(1))).contains(test.group(2));
        }
    }

    @Test
    void the_tests_that_the_security_page_names_are_there() throws ReflectiveOperationException {
        // Given
        List<MatchResult> named = found(TEST, String.join("\n", lines(Path.of("SECURITY.md"))));

        // Then
        assertThat(named).hasSizeGreaterThan(20);
        for (MatchResult test : named) {
            assertThat(testsOf(test.group(1))).contains(test.group(2));
        }
    }

    private static List<String> testsOf(String simpleName) throws ReflectiveOperationException {
        Class<?> type = Class.forName(classNamed(simpleName), false, PromisesTest.class.getClassLoader());
        return Arrays.stream(type.getDeclaredMethods())
                .filter(PromisesTest::isTest)
                .map(Method::getName)
                .toList();
    }

    private static boolean isTest(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation ->
                        TEST_ANNOTATIONS.contains(annotation.annotationType().getSimpleName()));
    }

    private static String classNamed(String simpleName) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.endsWith(simpleName + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + simpleName));
            String path = TESTS.relativize(file).toString();
            return path.substring(0, path.length() - ".java".length())
                    .replace(file.getFileSystem().getSeparator(), ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A row of the table.
     *
     * @param sentence the sentence in the documentation
     * @param where the code that keeps the promise
     * @param shownBy the tests that show it
     */
    record Promise(String sentence, String where, String shownBy) {

        static Promise read(String line) {
            List<String> cells = List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
            assertThat(cells).as(line).hasSize(3);
            return new Promise(cells.get(0), cells.get(1), cells.get(2));
        }

        @Override
        public String toString() {
            return sentence;
        }
    }
}
