package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * IAM operations in use, with the meaning of each error that IAM declares for them: the same code concerns different
 * entities. {@code NoSuchEntity} of {@code GetRole} is about the role, and of {@code CreateRole} about its boundary.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html">Errors of each operation</a>
 */
enum IamCall {
    GET_ROLE("GetRole", missing(Kind.NOT_FOUND)),
    GET_ROLE_POLICY("GetRolePolicy", missing(Kind.NOT_FOUND)),
    LIST_ROLE_POLICIES("ListRolePolicies", missing(Kind.NOT_FOUND)),
    LIST_ATTACHED_ROLE_POLICIES("ListAttachedRolePolicies", missing(Kind.NOT_FOUND), invalid()),
    LIST_INSTANCE_PROFILES_FOR_ROLE("ListInstanceProfilesForRole", missing(Kind.NOT_FOUND)),
    LIST_ROLES("ListRoles"),
    GET_POLICY("GetPolicy", missing(Kind.NOT_FOUND), invalid()),
    GET_POLICY_VERSION("GetPolicyVersion", missing(Kind.NOT_FOUND), invalid()),
    LIST_POLICY_VERSIONS("ListPolicyVersions", missing(Kind.NOT_FOUND), invalid()),
    GET_ACCOUNT_AUTHORIZATION_DETAILS("GetAccountAuthorizationDetails"),
    GET_ACCOUNT_SUMMARY("GetAccountSummary"),
    /** NoSuchEntity means the task, which may not be visible yet. */
    GET_SERVICE_LINKED_ROLE_DELETION_STATUS("GetServiceLinkedRoleDeletionStatus", missing(Kind.NOT_FOUND), invalid()),

    /**
     * NoSuchEntity means the boundary; it is not declared, but returned. The limit is the number of roles in an
     * account.
     */
    CREATE_ROLE(
            "CreateRole",
            exists(),
            missing(Kind.REFERENCE_MISSING),
            limit(Kind.REFUSED),
            invalid(),
            malformed(),
            simultaneous()),
    /** NoSuchEntity means the service. The limit is the number of roles in an account. */
    CREATE_SERVICE_LINKED_ROLE("CreateServiceLinkedRole", missing(Kind.REFUSED), limit(Kind.REFUSED), invalid()),
    UPDATE_ASSUME_ROLE_POLICY(
            "UpdateAssumeRolePolicy", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), malformed(), ofService()),
    TAG_ROLE("TagRole", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), invalid(), simultaneous()),
    /** NoSuchEntity means the role or the boundary: a caller that has just read the role knows which. */
    PUT_ROLE_PERMISSIONS_BOUNDARY(
            "PutRolePermissionsBoundary", missing(Kind.NOT_FOUND), invalid(), ofService(), notAttachable()),
    UPDATE_ROLE_DESCRIPTION("UpdateRoleDescription", missing(Kind.NOT_FOUND), ofService()),
    /** The limit is the total length of inline policies: another policy may use it up. */
    PUT_ROLE_POLICY("PutRolePolicy", missing(Kind.NOT_FOUND), limit(Kind.LIMIT_EXCEEDED), malformed(), ofService()),
    DELETE_ROLE_POLICY("DeleteRolePolicy", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), ofService()),
    /** The limit is the number of policies in an account. */
    CREATE_POLICY("CreatePolicy", exists(), limit(Kind.REFUSED), invalid(), malformed(), simultaneous()),
    /** The limit is the number of versions of a policy: an old one has to be deleted. */
    CREATE_POLICY_VERSION(
            "CreatePolicyVersion", missing(Kind.NOT_FOUND), limit(Kind.LIMIT_EXCEEDED), invalid(), malformed()),
    /** A conflict arises if others have put an old version in force, and does not resolve itself. */
    DELETE_POLICY_VERSION(
            "DeletePolicyVersion", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), invalid(), inUse(Kind.REFUSED)),
    /**
     * NoSuchEntity means the role or the policy. The limit is the number of attached policies: another policy may use
     * it up.
     */
    ATTACH_ROLE_POLICY(
            "AttachRolePolicy",
            missing(Kind.NOT_FOUND),
            limit(Kind.LIMIT_EXCEEDED),
            invalid(),
            ofService(),
            notAttachable()),
    DETACH_ROLE_POLICY("DetachRolePolicy", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), invalid(), ofService()),
    DELETE_POLICY("DeletePolicy", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), invalid(), inUse(Kind.DELETE_CONFLICT)),
    REMOVE_ROLE_FROM_INSTANCE_PROFILE(
            "RemoveRoleFromInstanceProfile", missing(Kind.NOT_FOUND), limit(Kind.REFUSED), ofService()),
    DELETE_ROLE(
            "DeleteRole",
            missing(Kind.NOT_FOUND),
            limit(Kind.REFUSED),
            inUse(Kind.DELETE_CONFLICT),
            ofService(),
            simultaneous()),
    /** The limit is the number of deletions in progress. */
    DELETE_SERVICE_LINKED_ROLE("DeleteServiceLinkedRole", missing(Kind.NOT_FOUND), limit(Kind.REFUSED));

    private static final Map<String, IamCall> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(call -> call.operation, Function.identity()));

    /** The errors that IAM declares for its operations, by their codes. */
    private enum Declared {
        NO_SUCH_ENTITY("NoSuchEntity"),
        ENTITY_ALREADY_EXISTS("EntityAlreadyExists"),
        LIMIT_EXCEEDED("LimitExceeded"),
        DELETE_CONFLICT("DeleteConflict"),
        UNMODIFIABLE_ENTITY("UnmodifiableEntity"),
        INVALID_INPUT("InvalidInput"),
        MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument"),
        POLICY_NOT_ATTACHABLE("PolicyNotAttachable"),
        CONCURRENT_MODIFICATION("ConcurrentModification"),
        SERVICE_FAILURE("ServiceFailure");

        private final String code;

        Declared(String code) {
            this.code = code;
        }
    }

    private record Meaning(Declared error, Kind kind) {}

    private final String operation;
    /** Unmodifiable map; the field's type cannot express that. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<Declared, Kind> meanings;

    IamCall(String operation, Meaning... meanings) {
        this.operation = operation;
        Map<Declared, Kind> all = new EnumMap<>(Declared.class);
        all.put(Declared.SERVICE_FAILURE, Kind.TRANSIENT);
        for (Meaning meaning : meanings) {
            all.put(meaning.error, meaning.kind);
        }
        this.meanings = Collections.unmodifiableMap(all);
    }

    String operation() {
        return operation;
    }

    /** The meaning of an error code from an operation; empty if the code does not concern the subject of the call. */
    static Optional<Kind> kindOf(String operation, String code) {
        return Optional.ofNullable(BY_NAME.get(operation))
                .flatMap(call -> call.meanings.entrySet().stream()
                        .filter(meaning -> meaning.getKey().code.equals(code))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private static Meaning missing(Kind kind) {
        return new Meaning(Declared.NO_SUCH_ENTITY, kind);
    }

    private static Meaning exists() {
        return new Meaning(Declared.ENTITY_ALREADY_EXISTS, Kind.ALREADY_EXISTS);
    }

    private static Meaning limit(Kind kind) {
        return new Meaning(Declared.LIMIT_EXCEEDED, kind);
    }

    private static Meaning inUse(Kind kind) {
        return new Meaning(Declared.DELETE_CONFLICT, kind);
    }

    private static Meaning ofService() {
        return new Meaning(Declared.UNMODIFIABLE_ENTITY, Kind.PROTECTED);
    }

    private static Meaning invalid() {
        return new Meaning(Declared.INVALID_INPUT, Kind.REFUSED);
    }

    private static Meaning malformed() {
        return new Meaning(Declared.MALFORMED_POLICY_DOCUMENT, Kind.REFUSED);
    }

    private static Meaning notAttachable() {
        return new Meaning(Declared.POLICY_NOT_ATTACHABLE, Kind.REFUSED);
    }

    private static Meaning simultaneous() {
        return new Meaning(Declared.CONCURRENT_MODIFICATION, Kind.TRANSIENT);
    }
}
