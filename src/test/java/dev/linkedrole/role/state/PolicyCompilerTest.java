package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.ConflictingEvents;
import dev.linkedrole.role.model.DesiredDescription;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * Properties of every compiled role, whatever its features. The permissions of each feature are in the golden files.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class PolicyCompilerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";

    @Property
    void the_same_events_in_any_order_make_the_same_bytes(@ForAll List<RoleEvent> events, @ForAll Random random) {
        // Given the same events in another order
        List<RoleEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        // Then the roles are equal, their documents byte for byte
        assertThat(BuiltIn.COMPILER.compile(Events.after(shuffled)))
                .isEqualTo(BuiltIn.COMPILER.compile(Events.after(events)));
    }

    @Property
    void what_is_compiled_is_already_canonical(@ForAll LinkedRole role) {
        String compiled = BuiltIn.permissions(role);

        assertThat(PolicyDocument.canonical(compiled)).isEqualTo(compiled);
    }

    @Property
    void sids_are_unique_and_such_as_iam_takes_and_no_more_than_the_catalog_has(@ForAll LinkedRole role)
            throws JsonProcessingException {
        // When
        List<String> sids = JSON.readTree(BuiltIn.permissions(role)).findValuesAsText("Sid");

        // Then
        assertThat(sids).doesNotHaveDuplicates().allMatch(sid -> sid.matches("[A-Za-z0-9]+"));
        assertThat(sids).hasSize(statementsBySid(role).size());
        assertThat(sidsOf(BuiltIn.CATALOG)).containsAll(sids);
    }

    @Property
    void one_more_resource_changes_one_statement_and_no_other(@ForAll LinkedRole before)
            throws JsonProcessingException {
        // Given a role that may already write to one stream
        LinkedRole role = Events.after(List.of(Events.created(0), Events.enabled(9, "agent-events", STREAM + "first")));
        LinkedRole one = before.deleted() ? role : before.join(role);

        // When it may write to another
        LinkedRole two = one.apply(Events.enabled(9, "contact-records", STREAM + "second"));

        // Then the statement of such streams differs, and every other one stays as it is
        Map<String, JsonNode> was = statementsBySid(one);
        Map<String, JsonNode> is = statementsBySid(two);
        assertThat(is).containsOnlyKeys(was.keySet());
        is.forEach((sid, statement) ->
                assertThat(statement.equals(was.get(sid))).as(sid).isEqualTo(!sid.equals("FirehoseStreams")));
    }

    @Property
    void a_policy_allows_what_its_grants_allow_one_by_one(@ForAll LinkedRole role) throws JsonProcessingException {
        // Given what each grant allows by itself
        Set<Permission> oneByOne =
                new HashSet<>(Permission.in(BuiltIn.permissions(LinkedRole.unknown(Events.INSTANCE))));
        for (Grant grant : role.enabled()) {
            oneByOne.addAll(Permission.in(BuiltIn.permissions(only(grant))));
        }

        // Then merging them adds nothing and loses nothing
        assertThat(Permission.in(BuiltIn.permissions(role))).isEqualTo(oneByOne);
    }

    @Property
    void the_role_is_there_while_its_instance_is_unless_released(@ForAll LinkedRole role) {
        // When
        DesiredRole desired = BuiltIn.COMPILER.compile(role);

        // Then
        Class<? extends DesiredRole> expected = switch (role.lifecycle()) {
            case UNANNOUNCED, RELEASED -> DesiredRole.NotYet.class;
            case LIVE -> DesiredRole.Present.class;
            case DELETED -> DesiredRole.Gone.class;
        };
        assertThat(desired).isInstanceOf(expected);
        assertThat(desired.name()).hasToString("LinkedRole_0b6c1d1e6f7a4c4e9a532f3f5b8f9c01");
    }

    @Property
    void a_grant_is_either_compiled_or_reported_as_not_in_the_catalog(@ForAll LinkedRole role) {
        // Given the one thing in these events that the catalog does not know: a stream feature without a stream
        List<Grant> unknown = role.enabled().stream()
                .filter(grant -> grant.resource().isEmpty() && !grant.feature().equals("outbound-campaigns"))
                .toList();

        // Then
        assertThat(BuiltIn.COMPILER.compileAnnounced(role).notInCatalog()).isEqualTo(unknown);
    }

    @Example
    void settings_are_in_the_role() {
        // Given a deployment with a boundary
        RoleSettings settings = new RoleSettings(
                "Acme_", "/acme/", Optional.of("arn:{partition}:iam::{account}:policy/bound"), "acme-production");

        // When
        DesiredRole.Present desired =
                new PolicyCompiler(BuiltIn.CATALOG, settings).compileAnnounced(LinkedRole.unknown(Events.INSTANCE));

        // Then
        assertThat(desired.name()).isEqualTo(new RoleName("Acme_0b6c1d1e6f7a4c4e9a532f3f5b8f9c01"));
        assertThat(desired.path()).isEqualTo("/acme/");
        assertThat(desired.permissionsBoundary()).contains("arn:aws:iam::111122223333:policy/bound");
        assertThat(desired.description()).isEqualTo(new DesiredDescription(BuiltIn.CATALOG.description(), false));
        assertThat(desired.tags())
                .isEqualTo(new TreeMap<>(Map.of(
                        "linked-role:managed-by",
                        "acme-production",
                        "linked-role:instance",
                        Events.INSTANCE.toString())));
    }

    private static LinkedRole only(Grant grant) {
        Set<String> resources = grant.resource().map(Set::of).orElse(Set.of());
        return LinkedRole.of(Events.enabled(0, grant.feature(), resources));
    }

    private static Map<String, JsonNode> statementsBySid(LinkedRole role) throws JsonProcessingException {
        Map<String, JsonNode> statements = new TreeMap<>();
        JSON.readTree(BuiltIn.permissions(role))
                .path("Statement")
                .forEach(statement -> statements.put(statement.path("Sid").asText(), statement));
        return statements;
    }

    private static Set<String> sidsOf(FeatureCatalog catalog) {
        List<StatementTemplate> statements = new ArrayList<>(catalog.base());
        catalog.features().values().forEach(feature -> {
            feature.withoutResource().ifPresent(statements::addAll);
            feature.kinds().forEach(kind -> statements.addAll(kind.statements()));
        });
        return statements.stream().map(StatementTemplate::sid).collect(Collectors.toSet());
    }
}
