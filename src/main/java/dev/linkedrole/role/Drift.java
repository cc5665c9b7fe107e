package dev.linkedrole.role;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells what somebody has changed about a role since it was left as it had to be. */
public final class Drift {

    /** The most differences that are told. */
    static final int MOST = 20;

    private final Footprint left;
    private final WantedRole.Present wanted;
    private final SurveyedRole found;
    private final SortedMap<Facet, String> want;
    private final SortedMap<Facet, String> has;

    private Drift(Footprint left, WantedRole.Present wanted, SurveyedRole found) {
        this.left = left;
        this.wanted = wanted;
        this.found = found;
        this.want = wanted.footprint().digests();
        this.has = found.footprint(wanted).digests();
    }

    /**
     * The differences, in the order of the facets; at most {@value #MOST} of them.
     *
     * @param left what the role was left as. Where it is still like that, and another is wanted now, nobody has changed it
     * @param wanted what it has to be
     * @param found what it is
     */
    public static List<Difference> of(Footprint left, WantedRole.Present wanted, SurveyedRole found) {
        return new Drift(left, wanted, found).differences();
    }

    private List<Difference> differences() {
        SortedSet<Facet> facets = new TreeSet<>(want.keySet());
        facets.addAll(has.keySet());
        return facets.stream()
                .filter(facet -> differs(facet, want) && differs(facet, left.digests()))
                .limit(MOST)
                .map(this::difference)
                .toList();
    }

    private boolean differs(Facet facet, SortedMap<Facet, String> other) {
        return !Optional.ofNullable(has.get(facet)).equals(Optional.ofNullable(other.get(facet)));
    }

    private Difference difference(Facet facet) {
        List<String> wants = lines(facet, wantedText(facet));
        List<String> shows = lines(facet, foundText(facet));
        return new Difference(facet.key(), kind(facet), minus(wants, shows), minus(shows, wants));
    }

    private Difference.Kind kind(Facet facet) {
        if (!want.containsKey(facet)) {
            return Difference.Kind.EXTRA;
        }
        boolean there = has.containsKey(facet) && !Footprint.UNATTACHED.equals(has.get(facet));
        return there ? Difference.Kind.OTHER : Difference.Kind.MISSING;
    }

    private static List<String> minus(List<String> these, List<String> those) {
        List<String> rest = new ArrayList<>(these);
        those.forEach(rest::remove);
        return rest;
    }

    private static List<String> lines(Facet facet, Optional<String> text) {
        return switch (facet) {
            case Facet.Trust trust -> statements(text);
            case Facet.Inline inline -> statements(text);
            case Facet.Managed managed -> statements(text);
            case Facet.Tags tags -> text.map(lines -> lines.lines().toList()).orElse(List.of());
            case Facet.Boundary boundary -> text.stream().toList();
            case Facet.Description description -> text.stream().toList();
            case Facet.Attached attached -> text.stream().toList();
            case Facet.InInstanceProfile profile -> text.stream().toList();
        };
    }

    private static List<String> statements(Optional<String> policy) {
        return policy.map(PolicyDocument::lines).orElse(List.of());
    }

    private Optional<String> wantedText(Facet facet) {
        return switch (facet) {
            case Facet.Trust() -> Optional.of(wanted.trustPolicy());
            case Facet.Tags() -> Optional.of(tags(wanted.tags()));
            case Facet.Boundary() -> wanted.permissionsBoundary();
            case Facet.Description() -> Optional.of(wanted.description().text());
            case Facet.Inline(String policy) ->
                Optional.ofNullable(wanted.inlinePolicies().get(policy));
            case Facet.Managed(Home home) ->
                Optional.ofNullable(wanted.packing().documents().get(home));
            case Facet.Attached attached -> Optional.empty();
            case Facet.InInstanceProfile profile -> Optional.empty();
        };
    }

    private Optional<String> foundText(Facet facet) {
        ActualRole.Present role = found.role();
        return switch (facet) {
            case Facet.Trust() -> Optional.of(role.trustPolicy());
            case Facet.Tags() -> Optional.of(tags(role.tagsOf(wanted)));
            case Facet.Boundary() -> role.permissionsBoundary();
            case Facet.Description() -> Optional.of(role.description());
            case Facet.Inline(String policy) ->
                Optional.ofNullable(role.inlinePolicies().get(policy));
            case Facet.Managed(Home home) ->
                Optional.ofNullable(found.managed().get(home)).map(ManagedPolicy::document);
            case Facet.Attached(String arn) ->
                Optional.of(arn).filter(attached -> role.attachedPolicies().contains(attached));
            case Facet.InInstanceProfile profile -> Optional.empty();
        };
    }

    private static String tags(SortedMap<String, String> tags) {
        StringBuilder lines = new StringBuilder();
        tags.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }
}
