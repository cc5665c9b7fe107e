package dev.linkedrole.connect;

import java.util.List;
import java.util.Optional;

/**
 * A page of the instances of an account and region.
 *
 * @param unread instances that the answer names in a way that cannot be read
 * @param next marker of the next page; empty after the last one
 */
public record InstancePage(List<ConnectInstance> instances, List<Unread> unread, Optional<String> next) {

    public InstancePage {
        instances = List.copyOf(instances);
        unread = List.copyOf(unread);
    }
}
