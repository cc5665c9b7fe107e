package dev.linkedrole.connect;

/**
 * An integration of an instance with a resource of another service ("integration association").
 *
 * @param id id by which Amazon Connect names the integration when it is deleted
 * @param type the type by Amazon Connect's name, such as {@code VOICE_ID}; it may be one that this version does not know
 * @param arn ARN of the other service's resource
 */
public record Integration(String id, String type, String arn) {}
