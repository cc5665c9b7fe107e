package dev.linkedrole.role.identity;

/**
 * The IAM path that is reserved for service-linked roles. Only {@code CreateServiceLinkedRole} creates roles there, so
 * a role's path shows whether it is service-linked.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html">service-linked
 *     roles</a>
 */
public final class ServiceLinkedPath {

    private static final String ROOT = "/aws-service-role/";

    private ServiceLinkedPath() {}

    /** Returns the path of the roles that are linked to a service, such as {@code connect.amazonaws.com}. */
    public static String of(String principal) {
        return ROOT + principal + "/";
    }

    /** True if the path is one of service-linked roles. */
    public static boolean is(String path) {
        return path.startsWith(ROOT);
    }

    /** Returns the service of a path of service-linked roles. */
    public static String principal(String path) {
        return path.substring(ROOT.length(), path.length() - 1);
    }

    /** True if the ARN is of a service-linked role. */
    public static boolean hasRole(String arn) {
        return arn.contains(":role" + ROOT);
    }

    /** True if the ARN is of a policy that a service attaches to the roles linked to it. */
    public static boolean hasPolicy(String arn) {
        return arn.contains(":policy" + ROOT);
    }
}
