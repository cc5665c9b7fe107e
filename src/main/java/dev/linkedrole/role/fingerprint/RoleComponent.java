package dev.linkedrole.role.fingerprint;

import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.packing.PolicySlot;
import java.util.Comparator;

/** A part of a role that one IAM call changes. */
public sealed interface RoleComponent extends Comparable<RoleComponent> {

    /**
     * Order of components: the tags first, since they show who owns the role; the description last, since nothing
     * depends on it.
     */
    Comparator<RoleComponent> ORDER = Comparator.comparing(
                    (RoleComponent component) -> !component.key().equals("tags"))
            .thenComparing(component -> component.key().equals("description"))
            .thenComparing(RoleComponent::key);

    /** Returns the component of a policy of the role. */
    static RoleComponent of(PolicySlot slot) {
        return slot.isInline() ? new Inline(PolicySlot.INLINE_POLICY) : new Managed(slot);
    }

    /**
     * Returns the component in one word, as the ledger stores it: {@code inline:NAME}, {@code attached:ARN}, {@code
     * trust}...
     */
    default String key() {
        return switch (this) {
            case Trust() -> "trust";
            case Tags() -> "tags";
            case Boundary() -> "boundary";
            case Description() -> "description";
            case Inline(String policy) -> "inline:" + policy;
            case Managed(PolicySlot slot) -> "managed:" + slot.number();
            case Attached(String arn) -> "attached:" + arn;
            case InInstanceProfile(String profile) -> "instance-profile:" + profile;
        };
    }

    @Override
    default int compareTo(RoleComponent other) {
        return ORDER.compare(this, other);
    }

    /** The trust policy. */
    record Trust() implements RoleComponent {}

    /** The ownership tags; other tags belong to others. */
    record Tags() implements RoleComponent {}

    /** The permissions boundary. */
    record Boundary() implements RoleComponent {}

    /** The description, if an operator has set it. */
    record Description() implements RoleComponent {}

    /** An inline policy. */
    record Inline(String policy) implements RoleComponent {}

    /** A managed policy of the role's own, for statements that do not fit inline. */
    record Managed(PolicySlot slot) implements RoleComponent {}

    /** A managed policy that is attached and not the role's own. */
    record Attached(String arn) implements RoleComponent {}

    /** An instance profile that contains the role, put there by others. */
    record InInstanceProfile(String profile) implements RoleComponent {}

    private static PolicySlot slot(String number, String key) {
        if (!number.matches("[1-9][0-9]?")) {
            throw none(key);
        }
        return new PolicySlot(Integer.parseInt(number));
    }

    private static InvalidValueException none(String key) {
        return new InvalidValueException("'" + key + "' names no component of a role");
    }

    /**
     * Returns the component of a key.
     *
     * @throws InvalidValueException if no component has the key
     */
    static RoleComponent ofKey(String key) {
        String[] parts = key.contains(":") ? key.split(":", 2) : new String[] {key, ""};
        RoleComponent component = switch (parts[0]) {
            case "trust" -> new Trust();
            case "tags" -> new Tags();
            case "boundary" -> new Boundary();
            case "description" -> new Description();
            case "inline" -> new Inline(parts[1]);
            case "managed" -> new Managed(slot(parts[1], key));
            case "attached" -> new Attached(parts[1]);
            case "instance-profile" -> new InInstanceProfile(parts[1]);
            default -> throw none(key);
        };
        if (!component.key().equals(key)) {
            throw none(key);
        }
        return component;
    }
}
