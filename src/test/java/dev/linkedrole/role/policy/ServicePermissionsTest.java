package dev.linkedrole.role.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.ConflictingEvents;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.state.BuiltIn;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Permissions of policies for one service, and their difference from the desired ones. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class ServicePermissionsTest {

    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:Order:*";

    private static final ServicePermissions WANTED = lex(allow("lex:PostContent", BOT), allow("lex:ListBots", "*"));

    @Example
    void only_the_actions_of_the_service_count() {
        // Given a role with all kinds of permissions
        String policy = BuiltIn.permissions(
                LinkedRole.of(Events.enabled(0, "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Order")));

        // Then
        assertThat(ServicePermissions.of("lex", List.of(policy)).allowed())
                .containsExactly(of("lex:ListBotAliases", "*"), of("lex:ListBots", "*"), of("lex:PostContent", BOT));
    }

    @Example
    void conditions_are_told() {
        String policy = BuiltIn.permissions(LinkedRole.unknown(Events.INSTANCE));

        assertThat(ServicePermissions.of("cloudwatch", List.of(policy)).allowed())
                .singleElement()
                .satisfies(permission -> assertThat(permission.conditions())
                        .hasToString("{StringEquals={cloudwatch:namespace=[AWS/Connect]}}"));
    }

    @Example
    void wildcards_that_reach_the_service_count() {
        assertThat(lex(allow("*", "*")).allowed()).containsExactly(of("*", "*"));
        assertThat(lex(allow("LEX:Post*", BOT)).allowed()).containsExactly(of("LEX:Post*", BOT));
        assertThat(lex(allow("lexer:Post", BOT)).allowed()).isEmpty();
    }

    @Example
    void all_actions_but_some_are_told_as_such() {
        assertThat(lex(allow("s3:*", BOT).replace("Action", "NotAction")).allowed())
                .containsExactly(of("* except s3:*", BOT));
        assertThat(lex(allow("lex:*", BOT).replace("Action", "NotAction")).allowed())
                .isEmpty();
        assertThat(lex(allow("lex:ListBots", BOT).replace("Resource", "NotResource"))
                        .allowed())
                .containsExactly(of("lex:ListBots", "* except " + BOT));
    }

    @Example
    void a_permission_that_is_gone_is_missing() {
        assertDiffers(lex(allow("lex:ListBots", "*")), List.of(of("lex:PostContent", BOT)), List.of());
    }

    @Example
    void a_permission_that_came_is_extra() {
        assertDiffers(
                lex(allow("lex:PostContent", BOT), allow("lex:ListBots", "*"), allow("lex:DeleteBot", BOT)),
                List.of(),
                List.of(of("lex:DeleteBot", BOT)));
    }

    @Example
    void what_a_wider_permission_covers_is_not_missing() {
        assertDiffers(lex(allow("lex:*", "*")), List.of(), List.of(of("lex:*", "*")));
    }

    @Example
    void what_is_denied_is_missing_though_it_is_allowed() {
        assertDiffers(
                lex(
                        allow("lex:PostContent", BOT),
                        allow("lex:ListBots", "*"),
                        allow("lex:Post*", "*").replace("Allow", "Deny")),
                List.of(of("lex:PostContent", BOT)),
                List.of());
    }

    @Example
    void a_permission_under_a_condition_is_another_one() {
        // Given a bot that may be used by day only
        ServicePermissions byDay = lex(
                allow("lex:ListBots", "*"),
                allow("lex:PostContent", BOT)
                        .replace("}", ",\"Condition\":{\"DateLessThan\":{\"aws:CurrentTime\":\"2026-01-01\"}}}"));

        // Then
        assertThat(WANTED.beyond(byDay)).containsExactly(of("lex:PostContent", BOT));
        assertThat(byDay.beyond(WANTED)).isEmpty();
    }

    @Example
    void the_same_permission_under_different_conditions_is_told_for_each() {
        assertThat(lex(
                                allow("lex:ListBots", "*")
                                        .replace(
                                                "}",
                                                ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"us-west-2\"}}}"),
                                allow("lex:ListBots", "*")
                                        .replace(
                                                "}",
                                                ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"us-east-1\"}}}"))
                        .allowed())
                .hasSize(2);
    }

    @Example
    void an_action_that_begins_with_a_colon_is_of_no_service() {
        assertThat(lex(allow(":lex", BOT)).allowed()).isEmpty();
    }

    @Example
    void what_is_no_policy_says_nothing() {
        assertThat(ServicePermissions.of("lex", List.of("{}", "[", "")).allowed())
                .isEmpty();
    }

    @Property
    void nothing_differs_from_itself(@ForAll LinkedRole role) {
        ServicePermissions firehose = ServicePermissions.of("firehose", List.of(BuiltIn.permissions(role)));

        assertThat(firehose.beyond(firehose)).isEmpty();
    }

    private static void assertDiffers(
            ServicePermissions actual, List<ServicePermission> missing, List<ServicePermission> extra) {
        assertThat(WANTED.beyond(actual)).containsExactlyElementsOf(missing);
        assertThat(actual.beyond(WANTED)).containsExactlyElementsOf(extra);
    }

    /** Returns the permissions of statements, each in a policy of its own. */
    private static ServicePermissions lex(String... statements) {
        return ServicePermissions.of(
                "lex",
                Stream.of(statements)
                        .map(statement -> "{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}")
                        .toList());
    }

    private static ServicePermission of(String action, String resource) {
        return new ServicePermission(action, resource, new TreeMap<>());
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }
}
