package dev.linkedrole.reconcile;

import dev.linkedrole.iam.ManagedPolicies;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at roles in IAM and changes nothing. */
public final class Inspector {

    private final PolicyCompiler compiler;
    private final RoleGateway gateway;
    private final ManagedPolicies managedPolicies;

    public Inspector(PolicyCompiler compiler, RoleGateway gateway, ManagedPolicies managedPolicies) {
        this.compiler = compiler;
        this.gateway = gateway;
        this.managedPolicies = managedPolicies;
    }

    /**
     * Reads the role with all its policies: at least three calls to IAM, one more for each inline policy and two for each
     * managed one.
     *
     * @return fails with {@link IamFailedException} if IAM does not answer as it should
     */
    public Uni<Inspection> inspect(RoleRecord record) {
        WantedRole wanted = compiler.compile(record.role());
        return gateway.read(wanted.name())
                .flatMap(actual -> attached(actual).map(documents -> new Inspection(wanted, actual, documents)))
                .onFailure()
                .transform(IamFailedException::of);
    }

    private Uni<SortedMap<String, String>> attached(ActualRole actual) {
        if (!(actual instanceof ActualRole.Present present)) {
            return Uni.createFrom().item(new TreeMap<>());
        }
        return Multi.createFrom()
                .iterable(present.attachedPolicies())
                .onItem()
                .transformToUniAndConcatenate(arn ->
                        managedPolicies.document(arn).map(found -> found.map(document -> Map.entry(arn, document))))
                .flatMap(found -> Multi.createFrom().optional(found))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(TreeMap::new);
    }
}
