package dev.linkedrole.role.packing;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A policy that a role may have: the inline policy, or a managed policy for statements that do not fit there.
 *
 * @param number 0 for the inline policy, from 1 on for managed ones
 */
public record PolicySlot(int number) implements Comparable<PolicySlot> {

    /** Name of the one inline policy that carries a role's permissions. */
    public static final String INLINE_POLICY = "linked-role";

    /** The inline policy, which is filled first. */
    public static final PolicySlot INLINE = new PolicySlot(0);

    /** Maximum number of managed policies that IAM attaches to one role, once its quota has been raised. */
    public static final int MAX_MANAGED = 20;

    /**
     * @throws InvalidValueException if the number is negative
     */
    public PolicySlot {
        if (number < 0) {
            throw new InvalidValueException("the policies of a role are counted from 0, not from " + number);
        }
    }

    /** Returns the inline policy and a number of managed ones, in the order in which they are filled. */
    static Stream<PolicySlot> all(int managed) {
        return IntStream.rangeClosed(0, managed).mapToObj(PolicySlot::new);
    }

    public boolean isInline() {
        return number == 0;
    }

    /** Returns the maximum number of characters of its document. */
    public int limit() {
        return isInline() ? PolicyDocument.MAX_INLINE_SIZE : PolicyDocument.MAX_MANAGED_SIZE;
    }

    /** Returns the policy's name in IAM, which is unique in an account, since the role's name is. */
    public String policyName(RoleName role) {
        return isInline() ? INLINE_POLICY : role + "-" + number;
    }

    /** Returns the managed policy of this role with the name; empty if the name is not one of the role's policies. */
    public static Optional<PolicySlot> ofPolicyName(RoleName role, String policyName) {
        return IntStream.rangeClosed(1, MAX_MANAGED)
                .mapToObj(PolicySlot::new)
                .filter(slot -> slot.policyName(role).equals(policyName))
                .findFirst();
    }

    @Override
    public int compareTo(PolicySlot other) {
        return Integer.compare(number, other.number);
    }

    /** Names the policy in words: {@code the inline policy}, {@code managed policy 2}. */
    @Override
    public String toString() {
        return isInline() ? "the inline policy" : "managed policy " + number;
    }
}
