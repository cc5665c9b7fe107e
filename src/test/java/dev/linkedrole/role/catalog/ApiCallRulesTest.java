package dev.linkedrole.role.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** The rules of a catalog on API calls: which call they are on, their templates, and the features that they name. */
class ApiCallRulesTest {

    private static final ParameterTemplate BUCKET =
            new ParameterTemplate("arn:{partition}:s3:::{requestParameters.Bucket}/{requestParameters.Bucket}");

    private static final StatementTemplate STATEMENT = new StatementTemplate(
            "Calls", IamEffect.ALLOW, List.of("s3:GetObject"), List.of(new ArnTemplate("arn:x")), new TreeMap<>());

    @Test
    void a_call_has_the_rules_that_name_it() {
        // Given
        ApiCallRule one = rule(Set.of("Create", "Replicate"), new ApiCallRule.Created(Optional.empty()));
        ApiCallRule other = rule(Set.of("Create"), new ApiCallRule.Deleted());
        ApiCalls calls = new ApiCalls("service.amazonaws.com", List.of(one, other));

        // Then
        assertThat(calls.of("Create")).containsExactly(one, other);
        assertThat(calls.of("Replicate")).containsExactly(one);
        assertThat(calls.of("Delete")).isEmpty();
    }

    @Test
    void a_template_is_filled_with_each_of_its_names() {
        assertThat(BUCKET.names()).containsExactly("partition", "requestParameters.Bucket");
        assertThat(BUCKET.fill(Map.of("partition", "aws", "requestParameters.Bucket", "calls$1")))
                .isEqualTo("arn:aws:s3:::calls$1/calls$1");
        assertThat(new ParameterTemplate("as it is").names()).isEmpty();
    }

    @Test
    void a_rule_on_an_unknown_feature_is_rejected() {
        assertThatThrownBy(() -> catalog(
                        Feature.Authority.PRODUCERS,
                        Optional.of(List.of(STATEMENT)),
                        new ApiCallRule.Enabled("other", List.of(), false, Optional.empty())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("an API call concerns 'other', which is no feature of this catalog");
        assertThatThrownBy(() -> catalog(
                        Feature.Authority.PRODUCERS,
                        Optional.of(List.of(STATEMENT)),
                        new ApiCallRule.Disabled("other", List.of(), Optional.empty())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'other'");
    }

    @Test
    void a_rule_that_enables_a_feature_names_the_resource_that_it_needs() {
        ApiCallRule.Result without = new ApiCallRule.Enabled("calls", List.of(), false, Optional.empty());
        assertThatThrownBy(() -> catalog(Feature.Authority.PRODUCERS, Optional.empty(), without))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("an API call enables 'calls' without a resource, which it needs");
        assertThat(catalog(Feature.Authority.PRODUCERS, Optional.of(List.of(STATEMENT)), without)
                        .feature("calls"))
                .isPresent();
        assertThat(catalog(
                                Feature.Authority.PRODUCERS,
                                Optional.empty(),
                                new ApiCallRule.Enabled("calls", List.of(BUCKET), false, Optional.empty()))
                        .apiCalls())
                .isPresent();
    }

    @Test
    void the_service_is_the_authority_only_for_features_that_its_calls_enable() {
        ApiCallRule.Result enabled = new ApiCallRule.Enabled("calls", List.of(), false, Optional.empty());
        ApiCallRule.Result disabled = new ApiCallRule.Disabled("calls", List.of(), Optional.empty());
        Optional<List<StatementTemplate>> statements = Optional.of(List.of(STATEMENT));

        // Then
        assertThat(catalog(Feature.Authority.SERVICE, statements, enabled)
                        .feature("calls")
                        .orElseThrow()
                        .authority())
                .isEqualTo(Feature.Authority.SERVICE);
        assertThatThrownBy(() -> catalog(Feature.Authority.SERVICE, statements, disabled))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("the service is the authority for 'calls', which no rule of the API calls enables");
    }

    private static FeatureCatalog catalog(
            Feature.Authority authority, Optional<List<StatementTemplate>> withoutResource, ApiCallRule.Result result) {
        SortedMap<String, Feature> features = new TreeMap<>();
        features.put(
                "calls",
                new Feature("calls", Offering.EVERYWHERE, withoutResource, List.of()).withAuthority(authority));
        return new FeatureCatalog(
                "c",
                "a",
                "a.amazonaws.com",
                "P_",
                "",
                List.of(),
                features,
                Optional.of(new ApiCalls("a.amazonaws.com", List.of(rule(Set.of("Create"), result)))));
    }

    private static ApiCallRule rule(Set<String> calls, ApiCallRule.Result result) {
        return new ApiCallRule(calls, Map.of(), List.of("requestParameters.InstanceId"), Optional.empty(), result);
    }
}
