package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.ObservedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the changes by others to a role since it was last right. */
public final class Drift {

    /** Maximum number of differences reported. */
    static final int MAX = 20;

    private final RoleFingerprint left;
    private final DesiredRole.Present desired;
    private final ObservedRole found;
    private final SortedMap<RoleComponent, String> want;
    private final SortedMap<RoleComponent, String> has;

    private Drift(RoleFingerprint left, DesiredRole.Present desired, ObservedRole found) {
        this.left = left;
        this.desired = desired;
        this.found = found;
        this.want = desired.fingerprint().digests();
        this.has = found.fingerprint(desired).digests();
    }

    /**
     * Lists the differences, in the order of the components; at most {@value #MAX} of them.
     *
     * @param left the role as it was last written. A component that still equals it is unchanged, even if another is
     *     desired now
     * @param desired the desired role
     * @param found the actual role
     */
    public static List<Difference> of(RoleFingerprint left, DesiredRole.Present desired, ObservedRole found) {
        return new Drift(left, desired, found).differences();
    }

    private List<Difference> differences() {
        SortedSet<RoleComponent> components = new TreeSet<>(want.keySet());
        components.addAll(has.keySet());
        return components.stream()
                .filter(component -> differs(component, want) && differs(component, left.digests()))
                .limit(MAX)
                .map(this::difference)
                .toList();
    }

    private boolean differs(RoleComponent component, SortedMap<RoleComponent, String> other) {
        return !Optional.ofNullable(has.get(component)).equals(Optional.ofNullable(other.get(component)));
    }

    private Difference difference(RoleComponent component) {
        List<String> wants = lines(component, desiredText(component));
        List<String> shows = lines(component, foundText(component));
        return new Difference(component.key(), kind(component), minus(wants, shows), minus(shows, wants));
    }

    private Difference.Kind kind(RoleComponent component) {
        if (!want.containsKey(component)) {
            return Difference.Kind.EXTRA;
        }
        boolean there = has.containsKey(component) && !RoleFingerprint.UNATTACHED.equals(has.get(component));
        return there ? Difference.Kind.OTHER : Difference.Kind.MISSING;
    }

    private static List<String> minus(List<String> these, List<String> those) {
        List<String> rest = new ArrayList<>(these);
        those.forEach(rest::remove);
        return rest;
    }

    private static List<String> lines(RoleComponent component, Optional<String> text) {
        return switch (component) {
            case RoleComponent.Trust trust -> statements(text);
            case RoleComponent.Inline inline -> statements(text);
            case RoleComponent.Managed managed -> statements(text);
            case RoleComponent.Tags tags ->
                text.map(lines -> lines.lines().toList()).orElse(List.of());
            case RoleComponent.Boundary boundary -> text.stream().toList();
            case RoleComponent.Description description -> text.stream().toList();
            case RoleComponent.Attached attached -> text.stream().toList();
            case RoleComponent.InInstanceProfile profile -> text.stream().toList();
        };
    }

    private static List<String> statements(Optional<String> policy) {
        return policy.map(PolicyDocument::lines).orElse(List.of());
    }

    private Optional<String> desiredText(RoleComponent component) {
        return switch (component) {
            case RoleComponent.Trust() -> Optional.of(desired.trustPolicy());
            case RoleComponent.Tags() -> Optional.of(tags(desired.tags()));
            case RoleComponent.Boundary() -> desired.permissionsBoundary();
            case RoleComponent.Description() ->
                Optional.of(desired.description().text());
            case RoleComponent.Inline(String policy) ->
                Optional.ofNullable(desired.inlinePolicies().get(policy));
            case RoleComponent.Managed(PolicySlot slot) ->
                Optional.ofNullable(desired.packing().documents().get(slot));
            case RoleComponent.Attached attached -> Optional.empty();
            case RoleComponent.InInstanceProfile profile -> Optional.empty();
        };
    }

    private Optional<String> foundText(RoleComponent component) {
        ActualRole.Present role = found.role();
        return switch (component) {
            case RoleComponent.Trust() -> Optional.of(role.trustPolicy());
            case RoleComponent.Tags() -> Optional.of(tags(role.tagsOf(desired)));
            case RoleComponent.Boundary() -> role.permissionsBoundary();
            case RoleComponent.Description() -> Optional.of(role.description());
            case RoleComponent.Inline(String policy) ->
                Optional.ofNullable(role.inlinePolicies().get(policy));
            case RoleComponent.Managed(PolicySlot slot) ->
                Optional.ofNullable(found.managed().get(slot)).map(ManagedPolicy::document);
            case RoleComponent.Attached(String arn) ->
                Optional.of(arn).filter(attached -> role.attachedPolicies().contains(attached));
            case RoleComponent.InInstanceProfile profile -> Optional.empty();
        };
    }

    private static String tags(SortedMap<String, String> tags) {
        StringBuilder lines = new StringBuilder();
        tags.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }
}
