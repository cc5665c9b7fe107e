package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.Permission;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles from their instance's first event to the last, through the queues, checked in IAM at the end. */
@QuarkusTest
@OnEachAws
@Tag("aws")
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
class WholeLivesTest {

    private static final String BUCKET = "arn:aws:s3:::acme-recordings";
    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    @Test
    void a_created_instance_has_a_role_that_connect_alone_may_assume() {
        // When
        producer.sendAndAwait(instance.created(0));

        // Then
        FoundRole role = iam.get(instance.roleName());
        assertThat(role.path()).isEqualTo("/linked-role/connect.amazonaws.com/");
        assertThat(Permission.parse(role.trustPolicy())).isEqualTo(Permission.parse("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
                """));
        assertThat(role.tags())
                .containsAllEntriesOf(Map.of(
                        RoleTags.OWNER_TAG,
                        "linked-role-controller",
                        RoleTags.INSTANCE_TAG,
                        instance.arn().toString()))
                .containsOnlyKeys(
                        RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG, RoleTags.DEPLOYMENT_TAG, RoleTags.RECORDED_TAG);
        assertThat(role.boundary()).isEmpty();
        assertThat(role.permissions()).isEqualTo(ContractTable.BASE);
    }

    @Test
    void a_feature_enabled_first_is_granted_once_the_instance_is_announced() {
        // Given
        producer.sendAndAwait(instance.enabled(5, "call-recordings", BUCKET));
        assertThat(iam.exists(instance.roleName())).isFalse();

        // When
        producer.sendAndAwait(instance.created(0));

        // Then
        assertThat(permissions()).contains(Permission.of("s3:GetObject", BUCKET + "/*"));
    }

    @Test
    void what_is_disabled_is_taken_away_and_the_rest_stays() {
        // Given
        producer.sendAndAwait(
                instance.created(0), instance.enabled(1, "contact-records", STREAM + "one", STREAM + "two"));

        // When
        producer.sendAndAwait(instance.disabled(2, "contact-records", STREAM + "one"));

        // Then
        assertThat(permissions())
                .contains(Permission.of("firehose:PutRecord", STREAM + "two"))
                .noneMatch(permission -> permission.resource().equals(STREAM + "one"));
    }

    @Test
    void a_feature_disabled_without_resources_is_taken_away_with_all_it_had() {
        // Given
        producer.sendAndAwait(
                instance.created(0), instance.enabled(1, "contact-records", STREAM + "one", STREAM + "two"));

        // When
        producer.sendAndAwait(instance.disabled(2, "contact-records"));

        // Then
        assertThat(permissions()).isEqualTo(ContractTable.BASE);
    }

    @Test
    void a_resource_two_features_share_stays_until_both_are_disabled() {
        // Given
        producer.sendAndAwait(
                instance.created(0),
                instance.enabled(1, "contact-records", STREAM + "one"),
                instance.enabled(1, "agent-events", STREAM + "one"));

        // When
        producer.sendAndAwait(instance.disabled(2, "contact-records", STREAM + "one"));

        // Then
        assertThat(permissions()).contains(Permission.of("firehose:PutRecord", STREAM + "one"));
    }

    @Test
    void a_deleted_instance_has_no_role_and_nothing_brings_it_back() {
        // Given
        RoleEvent created = instance.created(0);
        RoleEvent enabled = instance.enabled(1, "call-recordings", BUCKET);
        producer.sendAndAwait(created, enabled);
        assertThat(iam.exists(instance.roleName())).isTrue();

        // When
        RoleEvent deleted = instance.deleted(2);
        producer.sendAndAwait(deleted);
        assertThat(iam.exists(instance.roleName())).isFalse();

        // Then neither what comes again, nor what comes late, nor what is newer
        producer.sendAndAwait(created, enabled, deleted);
        producer.sendAndAwait(instance.created(3), instance.enabled(4, "call-recordings", BUCKET));
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void an_instance_heard_of_only_after_its_deletion_never_gets_a_role() {
        // Given
        producer.sendAndAwait(instance.deleted(9));

        // When
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "call-recordings", BUCKET));

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void a_duplicate_leaves_the_role_as_it_is() {
        // Given
        RoleEvent created = instance.created(0);
        RoleEvent enabled = instance.enabled(1, "call-recordings", BUCKET);
        producer.sendAndAwait(created, enabled);
        FoundRole before = iam.get(instance.roleName());

        // When
        producer.sendAndAwait(enabled, created, enabled);

        // Then
        assertThat(iam.get(instance.roleName())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Instance Created", "instance.created", "INSTANCE_CREATED", "instance-created"})
    void the_spelling_of_a_type_does_not_matter(String type) {
        // When
        RoleEvent created = instance.created(0);
        producer.send(created, Envelopes.EVENT_BRIDGE.wrap(created, type), Inbox.INSTANCE_CREATED);
        producer.awaitQuiet();

        // Then
        assertThat(permissions()).isEqualTo(ContractTable.BASE);
    }

    @ParameterizedTest
    @EnumSource
    void every_envelope_does(Envelopes wrapping) {
        // When
        Stream.of(
                        instance.created(0),
                        instance.enabled(1, "contact-records", STREAM + "one", STREAM + "two"),
                        instance.disabled(2, "contact-records", STREAM + "one"))
                .forEach(event -> producer.send(event, wrapping, Inbox.of(event)));
        producer.awaitQuiet();

        // Then
        assertThat(permissions())
                .contains(Permission.of("firehose:PutRecord", STREAM + "two"))
                .noneMatch(permission -> permission.resource().equals(STREAM + "one"));

        // And
        RoleEvent deleted = instance.deleted(3);
        producer.send(deleted, wrapping, Inbox.of(deleted));
        producer.awaitQuiet();
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void every_queue_takes_events_of_every_type(Inbox inbox) {
        // When
        Stream.of(instance.created(0), instance.enabled(1, "contact-records", STREAM + "one"))
                .forEach(event -> producer.send(event, Envelopes.CLOUD_EVENT, inbox));
        producer.awaitQuiet();

        // Then
        assertThat(permissions()).contains(Permission.of("firehose:PutRecord", STREAM + "one"));

        // And
        producer.send(instance.deleted(2), Envelopes.CLOUD_EVENT, inbox);
        producer.awaitQuiet();
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    private SortedSet<Permission> permissions() {
        return iam.get(instance.roleName()).permissions();
    }
}
