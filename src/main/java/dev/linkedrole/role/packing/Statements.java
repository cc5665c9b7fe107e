package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.policybuilder.iam.IamAction;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** Writer of statements as a policy. */
public final class Statements {

    private Statements() {}

    /** Returns the policy with exactly these statements as canonical JSON; statements with the same Sid are merged. */
    public static String policy(Collection<StatementOnResource> entries) {
        SortedMap<String, StatementTemplate> templates = new TreeMap<>();
        SortedMap<String, SortedSet<String>> resources = new TreeMap<>();
        for (StatementOnResource entry : entries) {
            StatementTemplate template = entry.statement();
            // The catalog ensures that one Sid always has the same effect, actions and conditions.
            templates.put(template.sid(), template);
            resources.computeIfAbsent(template.sid(), sid -> new TreeSet<>()).add(entry.resource());
        }
        IamPolicy.Builder policy = IamPolicy.builder();
        templates.forEach((sid, template) ->
                policy.addStatement(statement(template, resources.getOrDefault(sid, new TreeSet<>()))));
        return PolicyDocument.canonical(policy.build().toJson());
    }

    private static IamStatement statement(StatementTemplate template, SortedSet<String> resources) {
        IamStatement.Builder statement =
                IamStatement.builder().sid(template.sid()).effect(template.effect());
        template.actions().forEach(action -> statement.addAction(IamAction.create(action)));
        resources.forEach(statement::addResource);
        addConditions(statement, template.conditions());
        return statement.build();
    }

    public static void addConditions(
            IamStatement.Builder statement, SortedMap<String, SortedMap<String, String>> conditions) {
        conditions.forEach((operator, keys) -> keys.forEach((key, value) ->
                statement.addCondition(IamCondition.create(IamConditionOperator.create(operator), key, value))));
    }
}
