package dev.linkedrole.role.catalog;

/** Characters with a special meaning in a policy's resource. */
final class Wildcards {

    private Wildcards() {}

    /**
     * True if a text holds a wildcard or the start of a policy variable.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">policy
     *     variables</a>
     */
    static boolean in(String resource) {
        return resource.contains("*") || resource.contains("?") || resource.contains("${");
    }
}
