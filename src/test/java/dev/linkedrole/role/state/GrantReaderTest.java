package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.ConflictingEvents;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading the grants behind a role's policies is the inverse of compiling them. */
@PropertyDefaults(tries = 200, edgeCases = EdgeCasesMode.NONE)
@Domain(ConflictingEvents.class)
@Domain(DomainContext.Global.class)
class GrantReaderTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";

    private final GrantReader reader = new GrantReader(BuiltIn.CATALOG);

    static Stream<GoldenCase> cases() {
        return GoldenCase.all().stream().filter(golden -> golden.knowledge().live());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_grants_of_every_golden_role_are_read_from_its_policies(GoldenCase golden) {
        // Given
        LinkedRole role = golden.knowledge();
        DesiredRole.Present compiled = golden.compiler().compileAnnounced(role);

        // When
        GrantReader.Reading reading = new GrantReader(golden.catalog()).read(role.instance(), documents(compiled));

        // Then
        assertThat(reading.rest()).isEmpty();
        assertThat(reading.grants()).containsAll(inCatalog(role, compiled));
        assertThat(documents(golden.compiler().compileAnnounced(having(role.instance(), reading.grants()))))
                .containsExactlyElementsOf(documents(compiled));
    }

    @Property
    void compiled_again_they_are_the_same_bytes(@ForAll LinkedRole role) {
        // Given
        DesiredRole.Present compiled = BuiltIn.COMPILER.compileAnnounced(role);

        // When
        GrantReader.Reading reading = reader.read(role.instance(), documents(compiled));

        // Then
        assertThat(reading.rest()).isEmpty();
        assertThat(reading.grants()).containsAll(inCatalog(role, compiled));
        assertThat(documents(BuiltIn.COMPILER.compileAnnounced(having(role.instance(), reading.grants()))))
                .containsExactlyElementsOf(documents(compiled));
    }

    @Test
    void what_no_grant_explains_is_the_rest() {
        // Given
        String byHand = """
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "ByHand", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
                """;

        // When
        GrantReader.Reading reading = reader.read(
                Events.INSTANCE, List.of(byHand, BuiltIn.permissions(having(Events.INSTANCE, Set.of(stream())))));

        // Then
        // Two features give the same permissions on a stream
        assertThat(reading.grants()).containsExactly(stream(), Grant.of("contact-records", STREAM));
        assertThat(reading.rest()).hasSize(2).contains("ByHand: *");
    }

    @Test
    void a_statement_with_other_actions_is_no_grant() {
        // Given
        String edited = BuiltIn.permissions(having(Events.INSTANCE, Set.of(stream())))
                .replace("kinesis:PutRecord\"", "kinesis:PutRecordEdited\"");

        // When
        GrantReader.Reading reading = reader.read(Events.INSTANCE, List.of(edited));

        // Then
        assertThat(reading.grants()).isEmpty();
        assertThat(reading.rest()).anyMatch(line -> line.contains("PutRecordEdited"));
    }

    @Test
    void a_grant_of_another_region_is_none() {
        // Given
        InstanceArn elsewhere = InstanceArn.parse(Events.INSTANCE.toString().replace("us-west-2", "us-east-1"));

        // When
        GrantReader.Reading reading =
                reader.read(elsewhere, List.of(BuiltIn.permissions(having(Events.INSTANCE, Set.of(stream())))));

        // Then
        assertThat(reading.grants()).isEmpty();
        assertThat(reading.rest()).anyMatch(line -> line.endsWith(STREAM));
    }

    @Test
    void text_that_is_no_policy_is_the_rest() {
        assertThat(reader.read(Events.INSTANCE, List.of("none")).rest()).containsExactly("none");
    }

    private static Set<Grant> inCatalog(LinkedRole role, DesiredRole.Present compiled) {
        Set<Grant> grants = new TreeSet<>(role.enabled());
        compiled.notInCatalog().forEach(grants::remove);
        return grants;
    }

    private static Grant stream() {
        return Grant.of("agent-events", STREAM);
    }

    private static LinkedRole having(InstanceArn instance, Collection<Grant> grants) {
        EventId id = new EventId("1", "tests");
        return grants.stream()
                .map(grant -> LinkedRole.of(new RoleEvent.FeatureEnabled(
                        id,
                        instance,
                        Events.at(1),
                        grant.feature(),
                        grant.resource().map(Set::of).orElse(Set.of()))))
                .reduce(LinkedRole.unknown(instance), LinkedRole::join);
    }

    private static Collection<String> documents(DesiredRole.Present role) {
        return role.packing().documents().values();
    }
}
