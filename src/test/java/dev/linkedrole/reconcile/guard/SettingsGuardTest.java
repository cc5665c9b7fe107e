package dev.linkedrole.reconcile.guard;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.ModelCloud.GuardedRules;
import dev.linkedrole.reconcile.ModelCloud.MortalProcess;
import dev.linkedrole.reconcile.guard.GuardView.Status;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.guard.AcceptedSettings;
import dev.linkedrole.role.guard.ChangeCounts;
import dev.linkedrole.role.guard.HeldChange;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.LeaveAlone;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.role.state.SettingsSnapshot;
import dev.linkedrole.testing.Catalogs;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Starts with another catalog or other settings than accepted: nothing is lost before an operator's release. */
class SettingsGuardTest {

    private static final String FULL = "full";
    private static final String NO_BOTS = "no bots";
    private static final String NO_CAMPAIGNS = "no campaigns";
    private static final String BOTS = "lex-bots";
    private static final String CAMPAIGNS = "outbound-campaigns";

    private static final Map<String, FeatureCatalog> CATALOGS = Map.of(
            FULL, Defaults.CATALOG,
            NO_BOTS, Catalogs.without(Defaults.CATALOG, BOTS),
            NO_CAMPAIGNS, Catalogs.without(Defaults.CATALOG, CAMPAIGNS));

    private static final GuardPolicy HOLDING = new GuardPolicy(true, 100);

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final Instance instance = Instance.random();

    @Test
    void the_first_start_accepts_its_settings() {
        assertThat(started(FULL).guard().view().status()).isEqualTo(Status.IN_FORCE);
        assertThat(started(FULL).guard().view().status()).isEqualTo(Status.IN_FORCE);
    }

    @Test
    void a_catalog_that_lacks_a_granted_feature_is_held_and_said() {
        // Given
        started(FULL).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        SortedSet<Permission> before = permissions();

        try (LogLines log = LogLines.of(SettingsGuard.class)) {
            // When
            MortalProcess process = started(NO_BOTS);
            resync(process);

            // Then
            assertThat(permissions()).isEqualTo(before);
            HeldChange change = process.guard().view().change().orElseThrow();
            assertThat(change.counts()).contains(new ChangeCounts(1, 1, 1));
            assertThat(change.changes()).anyMatch(line -> line.line().contains(BOTS));
            assertThat(process.record(instance).condition(Condition.Type.ChangeHeld))
                    .map(Condition::detail)
                    .hasValueSatisfying(
                            detail -> assertThat(detail).contains("it would lose lex:PostContent on " + Bots.bot(0)));
            assertThat(log.lines()).singleElement().asString().contains("WARN", "restricted=1", "/api/plan/release");
        }
    }

    @Test
    void events_of_every_feature_are_served_while_a_change_is_held() {
        // Given
        started(NO_CAMPAIGNS).take(instance.created(0), Bots.enabled(instance, 1, 0, 3));
        MortalProcess process = started(NO_BOTS);

        // When
        process.take(Bots.disabled(instance, 2, 2, 3), Bots.enabled(instance, 3, 7, 8), instance.enabled(4, CAMPAIGNS));

        // Then
        assertThat(granted(Bots.bot(2))).isFalse();
        assertThat(granted(Bots.bot(7))).isTrue();
        assertThat(permissions()).anyMatch(permission -> permission.toString().contains("connect-campaigns"));
        assertThat(process.guard().rules().catalog().features()).containsKeys(BOTS, CAMPAIGNS);
    }

    @Test
    void a_release_is_made_by_one_replica_and_taken_over_by_all() {
        // Given
        started(FULL).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        MortalProcess one = started(NO_BOTS);
        MortalProcess other = started(NO_BOTS);
        resync(one);

        // When
        release(one);
        await(other.guard().look());
        resync(other);

        // Then
        assertThat(other.guard().view().status()).isEqualTo(Status.IN_FORCE);
        assertThat(granted(Bots.bot(0))).isFalse();
        assertThat(other.record(instance).condition(Condition.Type.ChangeHeld)).isEmpty();
        assertThat(other.record(instance).condition(Condition.Type.GrantNotInCatalog))
                .isPresent();
        assertThat(started(NO_BOTS).guard().view().status()).isEqualTo(Status.IN_FORCE);
    }

    @Test
    void a_release_counts_once_and_only_for_the_change_that_was_seen() {
        // Given
        started(FULL).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        MortalProcess stale = started(NO_BOTS);
        MortalProcess process = started(NO_BOTS);
        String digest = digest(process);

        // Then
        assertThatThrownBy(() -> await(process.guard().release("another", "ann")))
                .hasMessageContaining("the change that is held here is " + digest);

        // When
        await(process.guard().release(digest, "ann"));

        // Then
        assertThat(await(process.guard().release(digest, "ann")).status()).isEqualTo(Status.IN_FORCE);
        assertThat(await(stale.guard().release(digest, "ben")).acceptance().flatMap(Acceptance::caller))
                .contains("ann");
        assertThatThrownBy(() -> await(process.guard().release("another", "ann")))
                .hasMessageContaining("no change is held here");
    }

    @Test
    void a_catalog_with_more_is_accepted_at_once_up_to_a_bound() {
        // Given
        started(NO_BOTS).take(instance.created(0));
        MortalProcess old = started(NO_BOTS);

        // Then
        assertThat(started(FULL).guard().view().status()).isEqualTo(Status.IN_FORCE);
        await(old.guard().look());
        assertThat(old.guard().view().status()).isEqualTo(Status.REPLACED);
        assertThat(old.guard().rules().catalog().features()).containsKey(BOTS);
    }

    @Test
    void too_many_changed_roles_are_held_although_none_loses() {
        // Given
        started(FULL).take(instance.created(0), Instance.random().created(0));
        GuardedRules strict = new GuardedRules(gaining(), Defaults.SETTINGS, new GuardPolicy(true, 1));

        // When
        MortalProcess process = cloud.guarded("gaining", strict);
        await(process.guard().start());

        // Then
        assertThat(process.guard().view().change().flatMap(HeldChange::counts)).contains(new ChangeCounts(2, 2, 0));
    }

    @Test
    void another_boundary_is_held_and_another_prefix_is_not() {
        // Given
        started(FULL).take(instance.created(0));
        RoleSettings renamed = new RoleSettings("Acme_", "/acme/", Optional.empty(), "acme");
        RoleSettings bounded = new RoleSettings("Acme_", "/acme/", Optional.of("arn:aws:iam::aws:policy/B"), "acme");

        // When
        MortalProcess other = started(FULL, renamed);
        resync(other);

        // Then
        assertThat(other.guard().view().status()).isEqualTo(Status.IN_FORCE);
        assertThat(cloud.roles()).containsExactly(instance.roleName().value());

        // When
        MortalProcess restricting = started(FULL, bounded);

        // Then
        assertThat(restricting.guard().view().change().flatMap(HeldChange::counts))
                .contains(new ChangeCounts(1, 1, 1));
        assertThat(restricting.guard().rules().settings().permissionsBoundary()).isEmpty();
    }

    @Test
    void policies_of_others_stay_while_their_pattern_is_held() {
        // Given
        started(FULL, Defaults.SETTINGS.leaving(LeaveAlone.of(List.of("audit-*"))))
                .take(instance.created(0));
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName("audit-trail")
                        .policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Sid":"Mine","Effect":"Allow","Action":"s3:*","Resource":"*"}]}"""))
                .join();

        // When
        MortalProcess process = started(FULL);
        resync(process);

        // Then
        assertThat(process.guard().view().status()).isEqualTo(Status.HELD);
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow()).containsKey("audit-trail");
    }

    @Test
    void a_guard_that_is_off_accepts_everything() {
        // Given
        started(FULL).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));

        // When
        MortalProcess process =
                cloud.guarded(NO_BOTS, new GuardedRules(CATALOGS, Defaults.SETTINGS, new GuardPolicy(false, 0)));
        await(process.guard().start());
        resync(process);

        // Then
        assertThat(granted(Bots.bot(0))).isFalse();
    }

    @Test
    void texts_of_an_earlier_version_name_a_catalog_that_is_known() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.accepted().startedBefore(SettingsSnapshot.of(Defaults.SETTINGS, Defaults.CATALOG, Map.of()));

        // When
        MortalProcess process = started(NO_BOTS);

        // Then
        assertThat(process.guard().view().change().flatMap(HeldChange::counts)).contains(new ChangeCounts(1, 1, 1));
    }

    @Test
    void roles_only_grow_while_the_accepted_catalog_is_not_known() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        SortedSet<Permission> before = permissions();
        cloud.accepted()
                .put(Acceptance.atStart(
                        new AcceptedSettings(
                                Optional.of("a later version's"), Optional.empty(), Optional.empty(), List.of()),
                        time.instant()));

        // When
        MortalProcess process = started(NO_BOTS);
        await(process.watch().check());
        resync(process);

        // Then
        assertThat(permissions()).isEqualTo(before);
        assertThat(process.guard().view().change().orElseThrow().readable()).isFalse();
        assertThat(process.record(instance).condition(Condition.Type.RoleNotRecorded))
                .isPresent();

        // When
        release(process);
        resync(process);

        // Then
        assertThat(granted(Bots.bot(0))).isFalse();
    }

    @Test
    void a_start_on_an_empty_ledger_takes_nothing_from_roles_that_exist() {
        // Given
        started(FULL).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        SortedSet<Permission> before = permissions();
        cloud.loseLedger();
        cloud.accepted().lose();

        // When
        MortalProcess process = started(NO_BOTS);
        await(process.watch().check());
        time.pass(Duration.ofHours(1));
        process.take(instance.created(0));

        // Then
        assertThat(permissions()).isEqualTo(before);
        assertThat(process.record(instance).condition(Condition.Type.RoleNotRecorded))
                .isPresent();
    }

    @Test
    void a_held_change_stays_held_when_the_ledger_loses_it() {
        // Given
        started(FULL).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        MortalProcess process = started(NO_BOTS);
        cloud.accepted().lose();

        // When
        await(process.guard().look());

        // Then
        assertThat(started(NO_BOTS).guard().view().status()).isEqualTo(Status.HELD);
    }

    @Test
    void a_start_that_dies_at_any_call_leaves_the_change_held() {
        CrashPlan.ofEveryCall(20, mortality -> {
            // Given
            ModelCloud world = new ModelCloud(false, time);
            MortalProcess first = world.guarded(FULL, rules());
            await(first.guard().start());
            first.take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
            MortalProcess dying = world.guarded(mortality, NO_BOTS, rules());
            dying.guard().read().chain(dying.guard()::look).subscribe().with(done -> {}, expected -> {});

            // When
            MortalProcess next = world.guarded(NO_BOTS, rules());
            await(next.guard().start());

            // Then
            assertThat(next.guard().view().status()).isEqualTo(Status.HELD);
            assertThat(world.permissions(instance.roleName()).orElseThrow())
                    .anyMatch(permission -> permission.toString().contains(Bots.bot(0)));
        });
    }

    @Test
    void a_release_that_dies_at_any_call_is_made_or_not_and_can_be_repeated() {
        CrashPlan.ofEveryCall(20, mortality -> {
            // Given
            ModelCloud world = new ModelCloud(false, time);
            MortalProcess first = world.guarded(FULL, rules());
            await(first.guard().start());
            first.take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
            MortalProcess next = world.guarded(NO_BOTS, rules());
            await(next.guard().start());
            String digest = digest(next);
            MortalProcess dying = world.guarded(mortality, NO_BOTS, rules());
            dying.guard().release(digest, "ann").subscribe().with(done -> {}, expected -> {});

            // When
            GuardView released = await(next.guard().release(digest, "ben"));

            // Then
            assertThat(released.status()).isEqualTo(Status.IN_FORCE);
            assertThat(released.acceptance().flatMap(Acceptance::released)).contains(digest);
        });
    }

    private static Map<String, FeatureCatalog> gaining() {
        List<StatementTemplate> more = Stream.concat(
                        Defaults.CATALOG.base().stream(),
                        Defaults.CATALOG.feature(CAMPAIGNS).orElseThrow().withoutResource().orElseThrow().stream())
                .toList();
        return Map.of(FULL, Defaults.CATALOG, "gaining", Catalogs.withBase(Defaults.CATALOG, more));
    }

    private static GuardedRules rules() {
        return new GuardedRules(CATALOGS, Defaults.SETTINGS, HOLDING);
    }

    private MortalProcess started(String catalog) {
        return started(catalog, Defaults.SETTINGS);
    }

    private MortalProcess started(String catalog, RoleSettings settings) {
        MortalProcess process = cloud.guarded(catalog, new GuardedRules(CATALOGS, settings, HOLDING));
        await(process.guard().start());
        return process;
    }

    private static String digest(MortalProcess process) {
        return process.guard().view().change().orElseThrow().digest();
    }

    private static void release(MortalProcess process) {
        await(process.guard().release(digest(process), "ann"));
    }

    private void resync(MortalProcess process) {
        time.pass(Duration.ofMinutes(10));
        await(WholeResync.of(process.parts().resync(time, Duration.ofDays(1), 1), (id, failure) -> {}));
    }

    private SortedSet<Permission> permissions() {
        return cloud.permissions(instance.roleName()).orElseThrow();
    }

    private boolean granted(String resource) {
        return permissions().stream()
                .anyMatch(permission -> permission.toString().contains(resource));
    }
}
