package dev.linkedrole.role;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.policybuilder.iam.IamAction;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * Works out the role that IAM should have from all that is known of an instance. The same knowledge gives the same bytes.
 *
 * <p>Statements of one Sid are merged into one, so a policy has at most as many statements as its catalog has Sids, and
 * granting one more resource changes one line.
 */
public final class PolicyCompiler {

    /** The name of the one inline policy that carries a role's permissions. */
    public static final String INLINE_POLICY = "linked-role";

    private final FeatureCatalog catalog;
    private final RoleSettings settings;

    public PolicyCompiler(FeatureCatalog catalog, RoleSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** What the role has to be now. */
    public WantedRole compile(LinkedRole role) {
        return switch (role.lifecycle()) {
            case UNANNOUNCED -> new WantedRole.NotYet(nameOf(role));
            case LIVE -> compileAnnounced(role);
            case DELETED -> new WantedRole.Gone(nameOf(role));
        };
    }

    /** What the role would have to be if its instance were announced; the same as {@link #compile} if it is. */
    public WantedRole.Present compileAnnounced(LinkedRole role) {
        Merged merged = new Merged(role.instance());
        merged.add(Grant.BASE);
        role.enabled().forEach(merged::add);
        SortedMap<String, String> policies = new TreeMap<>();
        policies.put(INLINE_POLICY, permissions(merged.statements()));
        return new WantedRole.Present(
                nameOf(role),
                settings.path(),
                description(role),
                trust(),
                settings.ownershipTags(role.instance()),
                settings.permissionsBoundary(),
                policies,
                List.copyOf(merged.notInCatalog));
    }

    private WantedDescription description(LinkedRole role) {
        return role.described()
                .map(described -> new WantedDescription(described.description().text(), true))
                .orElseGet(() -> new WantedDescription(catalog.description(), false));
    }

    /** The name of the role, whatever it has to be. */
    public RoleName nameOf(LinkedRole role) {
        return RoleName.of(settings.namePrefix(), role.instance().id());
    }

    private String trust() {
        return IamPolicy.builder()
                .addStatement(statement -> statement
                        .effect(IamEffect.ALLOW)
                        .addPrincipal(IamPrincipal.create(IamPrincipalType.SERVICE, catalog.principal()))
                        .addAction("sts:AssumeRole"))
                .build()
                .toJson();
    }

    private static String permissions(Collection<IamStatement> statements) {
        return PolicyDocument.canonical(
                IamPolicy.builder().statements(statements).build().toJson());
    }

    /** The statements of several grants, those of one Sid merged. */
    private final class Merged {
        private final InstanceArn instance;
        private final Map<StatementTemplate, SortedSet<String>> resourcesBySid = new LinkedHashMap<>();
        private final List<Grant> notInCatalog = new ArrayList<>();

        Merged(InstanceArn instance) {
            this.instance = instance;
        }

        void add(Grant grant) {
            Optional<List<FeatureCatalog.FilledStatement>> statements = catalog.statements(grant, instance);
            statements.ifPresentOrElse(known -> known.forEach(this::add), () -> notInCatalog.add(grant));
        }

        private void add(FeatureCatalog.FilledStatement statement) {
            // The catalog has seen to it that one Sid always has the same actions and conditions.
            StatementTemplate key = new StatementTemplate(
                    statement.template().sid(),
                    statement.template().actions(),
                    List.of(),
                    statement.template().conditions());
            resourcesBySid.computeIfAbsent(key, k -> new TreeSet<>()).addAll(statement.resources());
        }

        List<IamStatement> statements() {
            return resourcesBySid.entrySet().stream()
                    .map(entry -> statement(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private static IamStatement statement(StatementTemplate template, SortedSet<String> resources) {
            IamStatement.Builder statement =
                    IamStatement.builder().sid(template.sid()).effect(IamEffect.ALLOW);
            template.actions().forEach(action -> statement.addAction(IamAction.create(action)));
            resources.forEach(statement::addResource);
            template.conditions()
                    .forEach((operator, keys) -> keys.forEach((key, value) -> statement.addCondition(
                            IamCondition.create(IamConditionOperator.create(operator), key, value))));
            return statement.build();
        }
    }
}
