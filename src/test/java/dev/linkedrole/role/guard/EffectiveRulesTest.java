package dev.linkedrole.role.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.ArnTemplate;
import dev.linkedrole.role.catalog.EffectiveCatalog;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.Offering;
import dev.linkedrole.role.catalog.ResourceKind;
import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.state.RoleChange;
import dev.linkedrole.testing.Catalogs;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** The rules in force while a change is held: they take nothing, and know what only the new ones know. */
class EffectiveRulesTest {

    private static final List<String> FEATURES = List.of("a", "b", "c");
    private static final List<String> SERVICES = List.of("s3", "sqs", "sns");
    private static final List<String> SIDS = List.of("One", "Two", "Three");

    private final Instance instance = Instance.random();

    @Property(tries = 500)
    void every_grant_is_as_accepted_and_else_as_the_new_catalog_says(@ForAll long seed) {
        // Given
        Random chance = new Random(seed);
        FeatureCatalog accepted = catalog(chance);
        FeatureCatalog newer = catalog(chance);

        // When
        FeatureCatalog effective = EffectiveCatalog.of(accepted, newer);

        // Then
        for (Grant grant : grants()) {
            Optional<SortedSet<String>> expected = meaning(accepted, grant).or(() -> meaning(newer, grant));
            assertThat(meaning(effective, grant)).as(grant.toString()).isEqualTo(expected);
        }
        assertThat(effective.base()).isEqualTo(accepted.base());
        assertThat(effective.principal()).isEqualTo(accepted.principal());
    }

    @Property(tries = 100)
    void two_replicas_hold_alike_and_a_held_change_held_again_is_the_same(@ForAll long seed) {
        // Given
        Random chance = new Random(seed);
        FeatureCatalog accepted = catalog(chance);
        FeatureCatalog newer = catalog(chance);

        // When
        FeatureCatalog effective = EffectiveCatalog.of(accepted, newer);

        // Then
        for (Grant grant : grants()) {
            assertThat(meaning(EffectiveCatalog.of(accepted, effective), grant)).isEqualTo(meaning(effective, grant));
            assertThat(meaning(EffectiveCatalog.of(accepted, accepted), grant)).isEqualTo(meaning(accepted, grant));
        }
    }

    @Test
    void the_shipped_catalogs_can_take_each_others_place() {
        List<FeatureCatalog> shipped = List.copyOf(CatalogFile.builtIn().values());
        for (FeatureCatalog accepted : shipped) {
            for (FeatureCatalog newer : shipped) {
                assertThat(EffectiveCatalog.of(accepted, newer).features().keySet())
                        .containsAll(accepted.features().keySet())
                        .containsAll(newer.features().keySet());
            }
        }
    }

    @Test
    void a_wider_permission_takes_nothing_and_a_denial_does() {
        FeatureCatalog narrow = base(statement("Own", IamEffect.ALLOW, "s3:GetObject"));
        FeatureCatalog wide = base(statement("Other", IamEffect.ALLOW, "s3:*"));
        FeatureCatalog denying = base(
                statement("Own", IamEffect.ALLOW, "s3:GetObject"), statement("No", IamEffect.DENY, "s3:PutObject"));

        assertThat(change(narrow, wide).lost()).isEmpty();
        assertThat(change(narrow, wide).gained()).singleElement().asString().startsWith("s3:* on ");
        assertThat(change(wide, narrow).restricts()).isTrue();
        assertThat(change(narrow, denying).lost()).singleElement().asString().startsWith("Deny s3:PutObject on ");
        assertThat(change(denying, narrow).restricts()).isFalse();
        assertThat(change(narrow, narrow).any()).isFalse();
    }

    @Test
    void another_sid_alone_is_a_change_that_takes_nothing() {
        RoleChange change = change(
                base(statement("Own", IamEffect.ALLOW, "s3:GetObject")),
                base(statement("Other", IamEffect.ALLOW, "s3:GetObject")));

        assertThat(change.restricts()).isFalse();
        assertThat(change.any()).isTrue();
        assertThat(change.sentence()).isEqualTo("it would be written again with the same permissions");
    }

    private RoleChange change(FeatureCatalog before, FeatureCatalog after) {
        LinkedRole role = instance.after(List.of(instance.created(0)));
        return RoleChange.between(
                new RoleRules(before, Defaults.SETTINGS).compiler().compileAnnounced(role),
                new RoleRules(after, Defaults.SETTINGS).compiler().compileAnnounced(role));
    }

    private static FeatureCatalog base(StatementTemplate... statements) {
        return Catalogs.withBase(Catalogs.withFeatures(Defaults.CATALOG, new TreeMap<>()), List.of(statements));
    }

    private static StatementTemplate statement(String sid, IamEffect effect, String action) {
        return new StatementTemplate(
                sid, effect, List.of(action), List.of(new ArnTemplate("arn:{partition}:s3:::bucket")), new TreeMap<>());
    }

    /** Returns a catalog of a few features, whose Sids mean one thing here and another in another catalog. */
    private static FeatureCatalog catalog(Random chance) {
        List<StatementTemplate> meanings = new ArrayList<>();
        List<String> actions = new ArrayList<>(List.of("x:Read", "x:Write", "x:List", "x:Delete"));
        Collections.shuffle(actions, chance);
        for (int i = 0; i < SIDS.size(); i++) {
            meanings.add(new StatementTemplate(
                    SIDS.get(i), IamEffect.ALLOW, List.of(actions.get(i)), List.of(), new TreeMap<>()));
        }
        SortedMap<String, Feature> features = new TreeMap<>();
        for (String name : FEATURES) {
            if (chance.nextInt(4) > 0) {
                features.put(name, feature(name, meanings, chance));
            }
        }
        return Catalogs.withBase(
                Catalogs.withFeatures(base(), features),
                List.of(on(meanings.get(chance.nextInt(SIDS.size())), "arn:{partition}:s3:::base")));
    }

    private static Feature feature(String name, List<StatementTemplate> meanings, Random chance) {
        List<ResourceKind> kinds = new ArrayList<>();
        for (String service : SERVICES) {
            if (chance.nextBoolean()) {
                String arn = "arn:{partition}:" + service + ":{region}:{account}:{thing}";
                kinds.add(ResourceKind.of(
                        service,
                        new ArnTemplate(arn),
                        Map.of(),
                        List.of(on(meanings.get(chance.nextInt(SIDS.size())), arn))));
            }
        }
        Optional<List<StatementTemplate>> without = chance.nextBoolean()
                ? Optional.of(List.of(on(meanings.get(chance.nextInt(SIDS.size())), "arn:{partition}:s3:::all")))
                : Optional.empty();
        return new Feature(name, Offering.EVERYWHERE, without, kinds);
    }

    private static StatementTemplate on(StatementTemplate meaning, String resource) {
        return new StatementTemplate(
                meaning.sid(),
                meaning.effect(),
                meaning.actions(),
                List.of(new ArnTemplate(resource)),
                meaning.conditions());
    }

    private List<Grant> grants() {
        List<Grant> grants = new ArrayList<>(List.of(Grant.BASE));
        for (String feature : FEATURES) {
            grants.add(new Grant(feature, Optional.empty()));
            SERVICES.forEach(service -> grants.add(new Grant(
                    feature,
                    Optional.of("arn:aws:" + service + ":" + Instance.REGION + ":" + Instance.ACCOUNT + ":one"))));
        }
        return grants;
    }

    /** Returns what a grant permits, whatever the Sids; empty if the catalog does not know it. */
    private Optional<SortedSet<String>> meaning(FeatureCatalog catalog, Grant grant) {
        return catalog.statements(grant, instance.arn()).map(statements -> {
            SortedSet<String> texts = new TreeSet<>();
            statements.forEach(filled -> texts.add(filled.template().actions() + " on " + filled.resources()));
            return texts;
        });
    }
}
