package dev.linkedrole.ledger.listing;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.dynamodb.DynamoDbRoleListing;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.OnEachAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of roles in a real table, which may have roles of other tests. */
@OnEachAws
@Tag("aws")
class RoleListingTest {

    private final Ledger ledger = SharedTable.ledger();
    private final Instance instance = Instance.random();

    @Test
    void a_page_that_may_examine_few_roles_is_short_and_links_the_next() {
        // Given a role that is deleted, among others that are not
        record(instance.deleted(0));
        record(Instance.random().created(0));
        record(Instance.random().created(0));

        // When no more than one role may be looked at for a page
        List<RolePage> pages = pages(listing(1), RoleFilter.DELETED, 10);

        // Then it is found all the same, sooner or later
        assertThat(ids(pages)).contains(instance.id()).isSorted().doesNotHaveDuplicates();
        assertThat(pages).allMatch(page -> page.roles().size() <= 1);
        assertThat(pages).anyMatch(page -> page.roles().isEmpty());
    }

    @Test
    void a_page_never_has_more_roles_than_asked_for() {
        // Given
        for (int i = 0; i < 5; i++) {
            record(Instance.random().deleted(0));
        }

        // Then
        List<RolePage> pages = pages(listing(1000), RoleFilter.DELETED, 2);
        assertThat(pages).allMatch(page -> page.roles().size() <= 2);
        assertThat(ids(pages)).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void a_role_that_iam_does_not_have_yet_is_pending() {
        // Given
        record(instance.created(0));

        // Then
        assertThat(ids(pages(listing(1000), RoleFilter.PENDING, 100))).contains(instance.id());
        assertThat(ids(pages(listing(1000), RoleFilter.FAILING, 100))).doesNotContain(instance.id());
    }

    @Test
    void a_role_with_a_condition_is_failing() {
        // Given
        record(instance.created(0));
        Condition taken = new Condition(Condition.Type.RoleNameTaken, "it is another's", Instance.START);
        await(ledger.setCondition(await(ledger.load(instance.id())).orElseThrow(), taken));

        // Then
        assertThat(pages(listing(1000), RoleFilter.FAILING, 100).stream().flatMap(page -> page.roles().stream()))
                .filteredOn(role -> role.instance().equals(instance.id()))
                .singleElement()
                .satisfies(role -> assertThat(role.conditions()).containsExactly(taken));
    }

    private void record(RoleEvent event) {
        RoleRecord blank = RoleRecord.blank(event.instance());
        await(ledger.record(blank, event, Decision.of(blank.role(), event), Instance.START));
    }

    private static RoleListing listing(int mostExamined) {
        return new DynamoDbRoleListing(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table(), mostExamined);
    }

    private static List<RolePage> pages(RoleListing listing, RoleFilter filter, int limit) {
        List<RolePage> pages = new ArrayList<>();
        Optional<InstanceId> next = Optional.empty();
        do {
            RolePage page = await(listing.page(filter, next, limit));
            pages.add(page);
            next = page.next();
        } while (next.isPresent());
        return pages;
    }

    private static List<InstanceId> ids(List<RolePage> pages) {
        return pages.stream()
                .flatMap(page -> page.roles().stream())
                .map(RoleSummary::instance)
                .toList();
    }
}
