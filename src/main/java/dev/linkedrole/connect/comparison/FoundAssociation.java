package dev.linkedrole.connect.comparison;

import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RoleEvent;
import java.util.Optional;

/**
 * An association that Amazon Connect has. It is recorded, since the call that ends it has an id only.
 *
 * @param instance the instance that has it
 * @param id the association's own id, unique within the instance
 * @param known what it enables, from the time of the reading on
 */
public record FoundAssociation(InstanceArn instance, String id, Association known) {

    /**
     * Returns the event that disables what the association enabled; empty unless its end is known.
     *
     * @param recorded all that is recorded of it
     */
    public Optional<RoleEvent> disabled(Association recorded) {
        return recorded.begun()
                .flatMap(begun -> recorded.disabledAt()
                        .map(at -> new RoleEvent.FeatureDisabled(
                                new EventId(instance.id() + ":" + id + ":ended", Draft.SOURCE),
                                instance,
                                at,
                                begun.feature(),
                                begun.resources())));
    }
}
