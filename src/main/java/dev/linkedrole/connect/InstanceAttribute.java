package dev.linkedrole.connect;

/**
 * An attribute of an instance, which turns a capability on or off.
 *
 * @param type the attribute by Amazon Connect's name, such as {@code CONTACTFLOW_LOGS}; it may be one that this version
 *     does not know
 * @param value {@code true} or {@code false}
 */
public record InstanceAttribute(String type, String value) {}
