package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.catalog.ArnTemplate;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.Offering;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.testing.Defaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** Changes of settings between two starts, described by their effect on recorded roles. */
class SettingsChangeTest {

    private static final RoleSettings SETTINGS = Defaults.SETTINGS;
    private static final FeatureCatalog CATALOG =
            catalog(List.of(statement("Base", "a:Read", "a:Write")), Map.of("f", List.of(statement("Own", "b:Do"))));

    @Test
    void nothing_changed_is_nothing_to_say() {
        assertThat(SettingsChange.between(of(SETTINGS, CATALOG), of(SETTINGS, CATALOG)))
                .isEmpty();
    }

    @Test
    void what_a_role_is_made_with_concerns_roles_not_made_yet() {
        // When
        List<SettingsChange> changes = SettingsChange.between(
                of(SETTINGS, CATALOG), of(new RoleSettings("Acme_", "/acme/", Optional.empty(), "acme"), CATALOG));

        // Then
        assertThat(changes)
                .extracting(SettingsChange::setting)
                .containsExactly("linked-role.name-prefix", "linked-role.owner", "linked-role.path");
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.takes()).isFalse();
            assertThat(change.line()).contains(" and is ", "roles that are recorded keep what they were made with");
        });
    }

    @Test
    void a_boundary_that_is_set_takes_and_one_that_is_not_any_more_stays() {
        // Given
        RoleSettings bounded = new RoleSettings(
                SETTINGS.namePrefix(), SETTINGS.path(), Optional.of("arn:aws:iam::aws:policy/B"), SETTINGS.owner());

        // When
        SettingsChange set = only(of(SETTINGS, CATALOG), of(bounded, CATALOG));
        SettingsChange unset = only(of(bounded, CATALOG), of(SETTINGS, CATALOG));

        // Then
        assertThat(set.takes()).isTrue();
        assertThat(set.line())
                .startsWith("linked-role.permissions-boundary was not set and is arn:aws:iam::aws:policy/B: every")
                .endsWith("beyond it");
        assertThat(unset.takes()).isFalse();
        assertThat(unset.line()).contains("keep the boundary");
    }

    @Test
    void another_mode_is_named_beside_the_path_that_tells_it() {
        // Given
        RoleSettings linked = new RoleSettings(
                SETTINGS.namePrefix(),
                ServiceLinkedPath.of("connect.amazonaws.com"),
                Optional.empty(),
                SETTINGS.owner());

        // Then
        assertThat(SettingsChange.between(of(SETTINGS, CATALOG), of(linked, CATALOG)))
                .extracting(SettingsChange::line)
                .satisfiesExactly(
                        mode -> assertThat(mode)
                                .startsWith("linked-role.mode was customer-managed and is service-linked: roles that"),
                        path -> assertThat(path).startsWith("linked-role.path was "));
    }

    @Test
    void another_deployment_is_named_and_takes_nothing() {
        // When
        SettingsChange change = only(
                of(SETTINGS.of(Optional.of("arn:one")), CATALOG), of(SETTINGS.of(Optional.of("arn:two")), CATALOG));

        // Then
        assertThat(change.takes()).isFalse();
        assertThat(change.line())
                .startsWith("linked-role.deployment was arn:one and is arn:two:")
                .contains("Contested");
    }

    @Test
    void an_account_that_is_entered_another_way_is_named() {
        // When
        SettingsChange gone = only(
                SettingsSnapshot.of(SETTINGS, CATALOG, Map.of("111122223333", "arn:aws:iam::111122223333:role/x")),
                of(SETTINGS, CATALOG));

        // Then
        assertThat(gone.line())
                .startsWith(
                        "linked-role.accounts.111122223333.role was arn:aws:iam::111122223333:role/x and is not set:")
                .contains("AccountNotReachable");
    }

    @Test
    void a_feature_that_is_gone_takes_what_it_granted() {
        // When
        List<SettingsChange> changes =
                SettingsChange.between(of(SETTINGS, CATALOG), of(SETTINGS, catalog(CATALOG.base(), Map.of())));

        // Then
        assertThat(changes).allMatch(SettingsChange::takes);
        assertThat(changes)
                .extracting(SettingsChange::line)
                .containsExactly(
                        "the catalog's feature f (gone) lost [Own on arn:x], which is taken from every recorded role"
                                + " that has it once this is accepted",
                        "the catalog's statement Own (gone) lost [Allow b:Do], which is taken from every recorded role"
                                + " that has it once this is accepted");
    }

    @Test
    void a_base_that_shrank_and_a_sid_whose_actions_changed_are_told_in_actions() {
        // When
        SettingsChange change = only(
                of(SETTINGS, CATALOG),
                of(SETTINGS, catalog(List.of(statement("Base", "a:Read", "a:List")), CATALOG.features())));

        // Then
        assertThat(change.takes()).isTrue();
        assertThat(change.line())
                .startsWith(
                        "the catalog's statement Base lost [Allow a:Write], which is taken from every recorded role")
                .endsWith("gained [Allow a:List], which every recorded role gets that has the like");
    }

    @Test
    void another_principal_is_another_trust() {
        // Given
        FeatureCatalog other = new FeatureCatalog(
                CATALOG.name(),
                CATALOG.service(),
                "other.amazonaws.com",
                "P_",
                "",
                CATALOG.base(),
                CATALOG.features(),
                Optional.empty());

        // Then
        assertThat(only(of(SETTINGS, CATALOG), of(SETTINGS, other)).line())
                .startsWith("catalog.principal was a.amazonaws.com and is other.amazonaws.com:")
                .contains("may be assumed by the new one");
    }

    private static SettingsChange only(SettingsSnapshot before, SettingsSnapshot now) {
        List<SettingsChange> changes = SettingsChange.between(before, now);
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    private static SettingsSnapshot of(RoleSettings settings, FeatureCatalog catalog) {
        return SettingsSnapshot.of(settings, catalog, Map.of());
    }

    private static FeatureCatalog catalog(List<StatementTemplate> base, Map<String, List<StatementTemplate>> features) {
        SortedMap<String, Feature> all = new TreeMap<>();
        features.forEach((name, statements) ->
                all.put(name, new Feature(name, Offering.EVERYWHERE, Optional.of(statements), List.of())));
        return catalog(base, all);
    }

    private static FeatureCatalog catalog(List<StatementTemplate> base, SortedMap<String, Feature> features) {
        return new FeatureCatalog("c", "a", "a.amazonaws.com", "P_", "", base, features, Optional.empty());
    }

    private static StatementTemplate statement(String sid, String... actions) {
        return new StatementTemplate(
                sid, IamEffect.ALLOW, List.of(actions), List.of(new ArnTemplate("arn:x")), new TreeMap<>());
    }
}
