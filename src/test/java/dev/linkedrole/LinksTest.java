package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the Markdown pages lead to files and headings that exist. */
class LinksTest {

    private static final Path INDEX = Path.of("docs/README.md");
    private static final Set<String> OTHERS = Set.of("target", "node_modules", ".git", ".github");
    private static final Pattern FENCE = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK =
            Pattern.compile("]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)|\\s(?:src|href)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *#*$", Pattern.MULTILINE);
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
    private static final Pattern EXTERNAL = Pattern.compile("^[a-z][a-z+.-]*:.*");

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(Path.of("."), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return OTHERS.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file.normalize());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_of_a_page_leads_to_something(Path page) {
        assertThat(links(page))
                .allSatisfy(link -> assertThat(fault(page, link)).as(link).isEmpty());
    }

    @Test
    void the_index_names_every_page_of_the_documentation() throws IOException {
        Set<Path> named = new HashSet<>();
        links(INDEX).forEach(link -> named.add(target(INDEX, link)));
        assertThat(pages().filter(page ->
                        page.startsWith("docs") && !page.startsWith("docs/decisions") && !page.equals(INDEX)))
                .isSubsetOf(named);
    }

    @ParameterizedTest
    @CsvSource({
        "docs/README.md, no-such-page.md",
        "docs/README.md, ../README.md#no-such-heading",
        "docs/README.md, '#no-such-heading'",
        "README.md, ../outside-of-the-project.md",
    })
    void a_link_that_leads_nowhere_is_found(Path page, String link) {
        assertThat(fault(page, link)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "The state of one role, the-state-of-one-role",
        "`linked-role.intake`, linked-roleintake",
        "Java, 'java'",
        "'Java, waiting for the permission', java-waiting-for-the-permission",
        "[Unreleased](docs), unreleased",
    })
    void a_heading_has_the_anchor_that_github_gives_it(String heading, String anchor) {
        assertThat(slug(heading)).isEqualTo(anchor);
    }

    /** Returns the fault of a link; empty if its target exists. */
    private static String fault(Path page, String link) {
        if (EXTERNAL.matcher(link).matches()) {
            return "";
        }
        Path target = target(page, link);
        if (target.startsWith("..") || !Files.exists(target)) {
            return "no file " + target;
        }
        int hash = link.indexOf('#');
        if (hash < 0) {
            return "";
        }
        if (!target.toString().endsWith(".md")) {
            return target + " has no headings";
        }
        String anchor = link.substring(hash + 1);
        return anchors(target).contains(anchor) ? "" : "no heading #" + anchor + " in " + target;
    }

    private static Path target(Path page, String link) {
        String path = URLDecoder.decode(link.replaceFirst("#.*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    private static List<String> links(Path page) {
        List<String> links = new ArrayList<>();
        Matcher link = LINK.matcher(CODE.matcher(text(page)).replaceAll(""));
        while (link.find()) {
            links.add(link.group(1) == null ? link.group(2) : link.group(1));
        }
        return links;
    }

    /** Returns the anchors of a page's headings; a number distinguishes equal texts, as on GitHub. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        String text = text(page);
        HEADING.matcher(text).results().map(heading -> slug(heading.group(1))).forEach(slug -> {
            int before = times.merge(slug, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? slug : slug + "-" + before);
        });
        ANCHOR.matcher(text).results().map(anchor -> anchor.group(1)).forEach(anchors::add);
        return anchors;
    }

    private static String slug(String heading) {
        return heading.replaceAll("\\[([^]]*)](\\([^)]*\\))?", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    /** Returns a page without its code blocks. */
    private static String text(Path page) {
        try {
            return FENCE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
