package dev.linkedrole.ledger.lookup;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.ledger.listing.RolePage;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles are found by what is known of them. */
class RoleLookupTest {

    private static final String CALLS = "arn:aws:s3:::acme-recordings/calls";

    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelCloud.MortalProcess process = cloud.process();
    private final ModelLedger ledger = process.ledger();
    private final AtomicInteger pages = new AtomicInteger();
    private final RoleLookup lookup = new RoleLookup(listing(), ledger);

    private final Instance user = Instance.random();
    private final Instance other = Instance.random();

    @Test
    void a_role_is_found_by_its_name_and_its_arns_without_a_search() {
        // Given
        announce(user, other);
        String arn = record(user).roleArn().orElseThrow();

        // Then
        assertThat(found("name", user.roleName().value())).containsExactly(user.id());
        assertThat(found("name", user.roleName().value().toUpperCase(Locale.ROOT)))
                .containsExactly(user.id());
        assertThat(found("arn", arn)).containsExactly(user.id());
        assertThat(found("arn", user.arn().toString())).containsExactly(user.id());
        assertThat(found("name", "Other_" + user.id().hex())).isEmpty();
        assertThat(found("arn", arn.replace("role/", "role/other/"))).isEmpty();
        assertThat(found("name", Instance.random().roleName().value())).isEmpty();
        assertThat(pages).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        // The grant itself, the whole bucket, and a file in it
        "arn:aws:s3:::acme-recordings/calls, true",
        "arn:aws:s3:::acme-recordings, true",
        "arn:aws:s3:::acme-recordings/calls/2026/one.wav, true",
        // Others that begin alike
        "arn:aws:s3:::acme, false",
        "arn:aws:s3:::acme-recordings/call, false",
        "arn:aws:s3:::acme-recordings/calls2, false",
        "arn:aws:s3:::acme-recordings-2, false",
    })
    void a_role_is_found_by_a_resource_that_it_may_use(String resource, boolean found) {
        // Given
        announce(user, other);
        process.take(user.enabled(1, "call-recordings", CALLS));

        // Then
        assertThat(found("resource", resource)).isEqualTo(found ? List.of(user.id()) : List.of());
    }

    @Test
    void a_resource_that_is_no_longer_granted_finds_no_role() {
        // Given
        announce(user);
        process.take(user.enabled(1, "call-recordings", CALLS));
        process.take(user.disabled(2, "call-recordings"));

        // Then
        assertThat(found("resource", CALLS)).isEmpty();
        assertThat(found("feature", "call-recordings")).isEmpty();
    }

    @Test
    void a_role_is_found_by_feature_account_and_alias_together() {
        // Given
        announce(user, other);
        process.take(user.enabled(1, "outbound-campaigns"));
        String alias = record(user).role().announcement().orElseThrow().alias();

        // Then
        assertThat(found("feature", "outbound-campaigns")).containsExactly(user.id());
        assertThat(found("account", Instance.ACCOUNT)).containsExactlyInAnyOrder(user.id(), other.id());
        assertThat(found("account", "444455556666")).isEmpty();
        assertThat(found("alias", alias)).contains(user.id());
        assertThat(found("alias", alias + "x")).isEmpty();
        assertThat(found("account", Instance.ACCOUNT, "feature", "outbound-campaigns"))
                .containsExactly(user.id());
    }

    @Test
    void a_role_is_found_by_its_condition() {
        // Given
        announce(user, other);
        Condition taken = new Condition(Condition.Type.RoleNameTaken, "it is another's", Instance.START);
        await(ledger.setCondition(record(user), taken));

        // Then
        assertThat(found("condition", "RoleNameTaken")).containsExactly(user.id());
        assertThat(found("condition", "PolicyTooLarge")).isEmpty();
    }

    @Test
    void a_role_that_was_changed_by_others_is_drifted_until_it_is_found_right() {
        // Given
        announce(user, other);
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(user.roleName().value())
                        .policyName("by-hand")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"))
                .join();

        // When it is repaired
        compare();

        // Then
        assertThat(found("drifted", "true")).containsExactly(user.id());
        assertThat(found("drifted", "false")).containsExactly(other.id());

        // And found right
        compare();
        assertThat(found("drifted", "true")).isEmpty();
    }

    @Test
    void page_after_page_each_role_that_matches_comes_once() {
        // Given
        List<InstanceId> users = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Instance each = Instance.random();
            announce(each);
            if (i % 10 == 0) {
                process.take(each.enabled(1, "outbound-campaigns"));
                users.add(each.id());
            }
        }

        // When
        List<InstanceId> listed = new ArrayList<>();
        Optional<InstanceId> after = Optional.empty();
        do {
            RolePage page = await(lookup.page(query("feature", "outbound-campaigns"), RoleFilter.LIVE, after, 2));
            assertThat(page.roles()).hasSizeLessThanOrEqualTo(2);
            page.roles().forEach(role -> listed.add(role.instance()));
            after = page.next();
        } while (after.isPresent());

        // Then
        assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    void one_page_reads_a_bounded_number_of_roles() {
        // Given a list without an end
        RoleListing endless = (filter, after, limit) -> {
            pages.incrementAndGet();
            return Uni.createFrom().item(new RolePage(List.of(), Optional.of(user.id())));
        };

        // When
        RolePage page = await(
                new RoleLookup(endless, ledger).page(query("alias", "acme"), RoleFilter.ALL, Optional.empty(), 50));

        // Then
        assertThat(page.next()).contains(user.id());
        assertThat(pages).hasValue(RoleLookup.MAX_READ / RoleLookup.CHUNK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account=12",
                "resource=acme-recordings",
                "name=AWSServiceRoleForAmazonConnect",
                "arn=arn:aws:iam::111122223333:role/admin",
                "alias= ",
            })
    void a_text_that_cannot_be_what_it_stands_for_is_an_error(String parameter) {
        String[] parts = parameter.split("=", 2);
        assertThatThrownBy(() -> query(parts[0], parts[1]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(parts[0]);
    }

    private void announce(Instance... instances) {
        Arrays.stream(instances).forEach(instance -> process.take(instance.created(0)));
    }

    private void compare() {
        time.pass(PERIOD);
        await(WholeResync.of(process.parts().resync(time, Duration.ofDays(1), 1), (role, failure) -> {}));
    }

    private RoleRecord record(Instance instance) {
        return process.record(instance);
    }

    private List<InstanceId> found(String... parameters) {
        return await(lookup.page(query(parameters), RoleFilter.ALL, Optional.empty(), 100)).roles().stream()
                .map(RoleSummary::instance)
                .toList();
    }

    private static RoleQuery query(String... parameters) {
        List<String> all = Arrays.asList(parameters);
        return new RoleQuery(
                value(all, "name"),
                value(all, "arn"),
                value(all, "alias"),
                value(all, "account"),
                value(all, "feature"),
                value(all, "resource"),
                value(all, "condition").map(Condition.Type::valueOf),
                value(all, "drifted").map(Boolean::valueOf));
    }

    private static Optional<String> value(List<String> all, String name) {
        int at = all.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(all.get(at + 1));
    }

    /** List of what the ledger has. */
    private RoleListing listing() {
        return (filter, after, limit) -> {
            pages.incrementAndGet();
            return ledger.records(ledger.all()).collect().asList().map(records -> {
                List<RoleSummary> rest = records.stream()
                        .map(RoleLookup::summary)
                        .filter(filter::has)
                        .filter(role -> after.map(id -> id.compareTo(role.instance()) < 0)
                                .orElse(true))
                        .sorted((a, b) -> a.instance().compareTo(b.instance()))
                        .toList();
                return rest.size() <= limit
                        ? new RolePage(rest, Optional.empty())
                        : new RolePage(
                                rest.subList(0, limit),
                                Optional.of(rest.get(limit - 1).instance()));
            });
        };
    }
}
