package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.plan.Planner;
import dev.linkedrole.role.plan.Step;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Differences of service-linked roles from others. */
class ServiceLinkedRoleTest {

    private static final String PATH = "/aws-service-role/connect.amazonaws.com/";
    private static final String ARN = "arn:aws-us-gov:iam::111122223333:role" + PATH + "AWSServiceRoleForAmazonConnect_"
            + Events.INSTANCE.id().hex();
    private static final RoleSettings SETTINGS =
            new RoleSettings("AWSServiceRoleForAmazonConnect_", PATH, Optional.empty(), "tests");
    private static final DesiredRole.Present WANTED =
            new PolicyCompiler(BuiltIn.CATALOG, SETTINGS).compileAnnounced(LinkedRole.unknown(Events.INSTANCE));
    private static final SortedMap<String, String> TAGS = SETTINGS.ownershipTags(Events.INSTANCE);

    @Test
    void its_path_tells_it_from_others() {
        assertThat(SETTINGS.serviceLinked()).isTrue();
        assertThat(WANTED.serviceLinked()).isTrue();
        assertThat(BuiltIn.SETTINGS.serviceLinked()).isFalse();
        assertThat(ServiceLinkedPath.of("connect.amazonaws.com")).isEqualTo(PATH);
        assertThat(ServiceLinkedPath.principal(PATH)).isEqualTo("connect.amazonaws.com");
        assertThat(ServiceLinkedPath.hasRole(ARN)).isTrue();
        assertThat(ServiceLinkedPath.hasRole("arn:aws:iam::111122223333:role/linked-role/one"))
                .isFalse();
    }

    private static final PolicyArns ARNS = PolicyArns.of(ARN, PATH, WANTED.name());

    @Test
    void its_name_is_in_its_arn_and_ends_with_the_instances_digits() {
        assertThat(RoleName.ofArn(ARN)).isEqualTo(WANTED.name());
        assertThat(WANTED.name().digits()).isEqualTo(Events.INSTANCE.id().hex());
        assertThat(WANTED.named(new RoleName("other")).name()).isEqualTo(new RoleName("other"));
    }

    @Test
    void what_is_to_be_done_after_its_creation_includes_its_tags_first() {
        ActualRole.Present created = ActualRole.Present.created(WANTED, ARN, Events.at(0));

        assertThat(Planner.creation(WANTED, Optional.empty()).steps()).containsExactly(new Step.CreateRole(WANTED));
        assertThat(Planner.toward(WANTED, created.fingerprint(WANTED), ARNS).steps())
                .startsWith(new Step.PutTags(TAGS))
                .last()
                .isInstanceOf(Step.PutInlinePolicy.class);
    }

    @Test
    void whom_it_trusts_and_what_its_service_attached_are_not_compared() {
        // Given a role as it has to be, but for what is its service's
        ActualRole.Present role = role(WANTED.description().text(), TAGS);

        // Then
        assertThat(Planner.toward(WANTED, role.fingerprint(WANTED), ARNS).steps())
                .isEmpty();
    }

    @Test
    void it_is_ours_by_its_tags_or_by_its_description_at_creation() {
        String born = WANTED.descriptionAtBirth();

        assertThat(role("anything", TAGS).isOurs(TAGS)).isTrue();
        assertThat(role(born, Map.of()).isOurs(TAGS)).isTrue();
        assertThat(role(born, Map.of("team", "billing")).isOurs(TAGS)).isTrue();
        assertThat(role(born, Map.of(RoleTags.OWNER_TAG, "others")).isOurs(TAGS))
                .isFalse();
        assertThat(role("anything", Map.of()).isOurs(TAGS)).isFalse();
        assertThat(role(born + ", edited", Map.of()).isOurs(TAGS)).isFalse();
        assertThat(role(born, Map.of())
                        .isOurs(new RoleSettings("x", PATH, Optional.empty(), "others").ownershipTags(Events.INSTANCE)))
                .isFalse();
    }

    @Test
    void an_ordinary_role_is_never_ours_by_its_description() {
        ActualRole.Present ordinary = new ActualRole.Present(
                "arn:aws:iam::111122223333:role/one",
                Instant.EPOCH,
                WANTED.descriptionAtBirth(),
                "{}",
                Map.of(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeSet<>());

        assertThat(ordinary.isOurs(TAGS)).isFalse();
    }

    @Test
    void what_it_is_described_with_when_it_is_made_is_what_iam_takes() {
        // Given the longest description
        String marked = OwnershipMarker.of(TAGS).addedTo("x".repeat(RoleDescription.MAX_LENGTH));

        // Then
        assertThat(new RoleDescription(marked).text()).hasSize(RoleDescription.MAX_LENGTH);
        assertThat(OwnershipMarker.of(TAGS).isOn(marked)).isTrue();
        assertThat(OwnershipMarker.of(TAGS).addedTo(""))
                .isEqualTo(OwnershipMarker.of(TAGS).text());
        assertThat(WANTED.descriptionAtBirth()).startsWith(BuiltIn.CATALOG.description());
    }

    private static ActualRole.Present role(String description, Map<String, String> tags) {
        return new ActualRole.Present(
                ARN,
                Instant.EPOCH,
                description,
                "{\"its\": \"own\"}",
                tags,
                Optional.empty(),
                WANTED.inlinePolicies(),
                new TreeSet<>(Set.of(
                        "arn:aws-us-gov:iam::aws:policy/aws-service-role/AmazonConnectServiceLinkedRolePolicy")));
    }
}
