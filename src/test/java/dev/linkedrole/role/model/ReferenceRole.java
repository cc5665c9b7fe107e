package dev.linkedrole.role.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Literal implementation of the event contract: all events sent, sorted by their times with the disabling ones last at
 * each instant, and applied from the first to the last. It keeps all events, and shares nothing with {@link
 * LinkedRole}.
 */
public record ReferenceRole(List<RoleEvent> events) {

    public SortedSet<Grant> enabled() {
        SortedSet<Grant> enabled = new TreeSet<>();
        if (deleted()) {
            return enabled;
        }
        events.stream()
                .sorted(Comparator.comparing(RoleEvent::time)
                        .thenComparing(RoleEvent.FeatureDisabled.class::isInstance))
                .forEach(event -> read(event, enabled));
        return enabled;
    }

    public SortedSet<Grant> grants() {
        SortedSet<Grant> grants = new TreeSet<>();
        if (announced() && !deleted() && !released()) {
            grants.addAll(enabled());
            grants.add(Grant.BASE);
        }
        return grants;
    }

    public boolean announced() {
        return events.stream().anyMatch(RoleEvent.InstanceCreated.class::isInstance);
    }

    public boolean deleted() {
        return events.stream().anyMatch(RoleEvent.InstanceDeleted.class::isInstance);
    }

    /** Returns the description of the latest edit; of simultaneous ones, the greater text. */
    public Optional<String> description() {
        return deleted()
                ? Optional.empty()
                : events.stream()
                        .filter(RoleEvent.DescriptionEdited.class::isInstance)
                        .map(RoleEvent.DescriptionEdited.class::cast)
                        .max(Comparator.comparing(RoleEvent.DescriptionEdited::time)
                                .thenComparing(edited -> edited.description().text()))
                        .map(edited -> edited.description().text());
    }

    /** Time at which an operator last asked to adopt the role. */
    public Optional<Instant> adoptedAt() {
        return latest(RoleEvent.RoleAdopted.class);
    }

    /** True if an operator has released the role, and adopted none since. */
    public boolean released() {
        return latest(RoleEvent.RoleReleased.class)
                .filter(released -> adoptedAt().orElse(Instant.MIN).compareTo(released) <= 0)
                .isPresent();
    }

    private Optional<Instant> latest(Class<? extends RoleEvent> type) {
        return events.stream().filter(type::isInstance).map(RoleEvent::time).max(Comparator.naturalOrder());
    }

    private static void read(RoleEvent event, SortedSet<Grant> enabled) {
        switch (event) {
            case RoleEvent.FeatureEnabled on
            when on.resources().isEmpty() -> enabled.add(Grant.withoutResource(on.feature()));
            case RoleEvent.FeatureEnabled on ->
                on.resources().forEach(resource -> enabled.add(Grant.of(on.feature(), resource)));
            case RoleEvent.FeatureDisabled off
            when off.resources().isEmpty() ->
                enabled.removeIf(grant -> grant.feature().equals(off.feature()));
            case RoleEvent.FeatureDisabled off ->
                off.resources().forEach(resource -> enabled.remove(Grant.of(off.feature(), resource)));
            case RoleEvent.InstanceCreated created -> {}
            case RoleEvent.InstanceDeleted deleted -> {}
            case RoleEvent.DescriptionEdited edited -> {}
            case RoleEvent.RoleAdopted adopted -> {}
            case RoleEvent.RoleReleased released -> {}
        }
    }
}
