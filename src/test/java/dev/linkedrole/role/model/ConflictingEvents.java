package dev.linkedrole.role.model;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Events of one instance that affect each other: few features, few resources, few instants.
 *
 * <p>Some name a feature without the resource that it requires, which the catalog does not grant.
 */
public final class ConflictingEvents extends DomainContextBase {

    static final int INSTANTS = 4;

    static final List<String> FEATURES = List.of("contact-records", "agent-events", "outbound-campaigns");

    private static final String FIREHOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";
    private static final String CAMPAIGN = "arn:aws:connect-campaigns:us-west-2:111122223333:campaign/";

    @Provide
    Arbitrary<RoleEvent> event() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, lifecycleStart()),
                Tuple.of(1, seconds().map(Events::deleted)),
                Tuple.of(3, ofOperators()),
                Tuple.of(20, ofFeatures()));
    }

    @Provide
    Arbitrary<LinkedRole> state() {
        return event().list().ofMaxSize(8).map(Events::after);
    }

    /** Returns the seconds of the events of this domain. */
    static Arbitrary<Integer> seconds() {
        return Arbitraries.integers().between(0, INSTANTS - 1);
    }

    private static Arbitrary<RoleEvent> lifecycleStart() {
        return Combinators.combine(seconds(), Arbitraries.of("", "acme", "acme-support"))
                .as(Events::created);
    }

    private static Arbitrary<RoleEvent> ofOperators() {
        return Arbitraries.oneOf(
                Combinators.combine(seconds(), Arbitraries.of("", "one of ours", "two of ours"))
                        .as(Events::described),
                seconds().map(Events::adopted),
                seconds().map(Events::released));
    }

    private static Arbitrary<RoleEvent> ofFeatures() {
        return Arbitraries.of(FEATURES)
                .flatMap(feature -> Combinators.combine(Arbitraries.of(true, false), seconds(), resourcesOf(feature))
                        .as((enable, second, resources) -> enable
                                ? Events.enabled(second, feature, resources)
                                : Events.disabled(second, feature, resources)));
    }

    private static Arbitrary<Set<String>> resourcesOf(String feature) {
        String kind = feature.equals("outbound-campaigns") ? CAMPAIGN : FIREHOSE;
        return Arbitraries.of(kind + "one", kind + "two", kind + "three").set().ofMaxSize(2);
    }
}
