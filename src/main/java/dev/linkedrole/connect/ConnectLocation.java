package dev.linkedrole.connect;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import java.util.regex.Pattern;

/**
 * One account and region of Amazon Connect: what one request asks about, and what Amazon Connect limits the rate of.
 *
 * @param account twelve digits
 * @param region such as {@code us-west-2}
 */
public record ConnectLocation(String account, String region) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    /**
     * @throws InvalidValueException if one of them cannot be: the region becomes a part of the name of a host
     */
    public ConnectLocation {
        if (!InstanceArn.isAccount(account)) {
            throw new InvalidValueException("an account has twelve digits, unlike " + LogText.of(account));
        }
        if (!REGION.matcher(region).matches()) {
            throw new InvalidValueException("a region looks like us-west-2, unlike " + LogText.of(region));
        }
    }

    /** Returns the location of an instance. */
    public static ConnectLocation of(InstanceArn instance) {
        return new ConnectLocation(instance.account(), instance.region());
    }

    /**
     * Name of the lease on this location. Whoever reads more than a few settings takes it, so that the rate of requests
     * is one replica's alone.
     */
    public String lease() {
        return "connect:" + account + ":" + region;
    }

    /** True if an instance is here. */
    public boolean has(InstanceArn instance) {
        return account.equals(instance.account()) && region.equals(instance.region());
    }

    @Override
    public String toString() {
        return account + " in " + region;
    }
}
