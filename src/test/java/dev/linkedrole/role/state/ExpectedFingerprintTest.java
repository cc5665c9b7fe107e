package dev.linkedrole.role.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.packing.PolicySlot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Comparison with a scan of a whole account, by digests. */
class ExpectedFingerprintTest {

    /** More bots than fit inline, and fewer than fill two more policies. */
    private static final Set<String> BOTS = IntStream.range(0, 200)
            .mapToObj(i -> "arn:aws:lex:us-west-2:111122223333:bot:Order" + i)
            .collect(Collectors.toSet());

    private final DesiredRole.Present desired = BuiltIn.COMPILER.compileAnnounced(
            Events.after(List.of(Events.created(0), Events.enabled(1, "lex-bots", BOTS))));
    private final String arn = "arn:aws:iam::111122223333:role" + desired.path() + desired.name();
    private final PolicyArns arns = PolicyArns.of(arn, desired.path(), desired.name());
    private final ExpectedFingerprint expectation = ExpectedFingerprint.of(desired, arns, 4);

    private final SortedMap<String, String> inline = new TreeMap<>(desired.inlinePolicies());
    private final TreeSet<String> attached = desired.packing().documents().keySet().stream()
            .filter(slot -> !slot.isInline())
            .map(arns::of)
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void a_role_that_is_as_it_should_be_meets_it_however_it_is_described() {
        assertThat(expectation.ofRole()).isTrue();
        assertThat(expectation.isMetBy(role(""))).isTrue();
        assertThat(expectation.isMetBy(role("by hand"))).isTrue();
        assertThat(expectation.description()).isEmpty();
    }

    @Test
    void a_role_that_lacks_a_policy_or_has_one_more_does_not() {
        // When one is detached
        String detached = attached.removeFirst();
        assertThat(expectation.isMetBy(role(""))).isFalse();

        // And when it is back beside another
        attached.add(detached);
        attached.add("arn:aws:iam::aws:policy/AdministratorAccess");
        assertThat(expectation.isMetBy(role(""))).isFalse();
    }

    @Test
    void a_role_with_another_inline_policy_does_not() {
        inline.replaceAll((name, json) -> json.replace("us-west-2", "us-west-1"));
        assertThat(expectation.isMetBy(role(""))).isFalse();
    }

    @Test
    void a_managed_policy_meets_it_in_whatever_spelling_and_another_does_not() {
        // Given
        PolicySlot slot = new PolicySlot(1);
        String document = Objects.requireNonNull(desired.packing().documents().get(slot));

        // Then
        assertThat(expectation.isMetBy(arns.of(slot), document.replace(",", ",\n  ")))
                .isTrue();
        assertThat(expectation.isMetBy(arns.of(slot), document.replace(":bot:Order", ":bot:Other")))
                .isFalse();
        assertThat(expectation.isMetBy(arns.of(new PolicySlot(4)), document)).isFalse();
    }

    @Test
    void of_all_policies_that_ever_existed_it_names_the_expected_ones() {
        assertThat(expectation.policies().keySet())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 4)
                        .mapToObj(number -> arns.of(new PolicySlot(number)))
                        .toList());
        assertThat(attached).isNotEmpty().hasSizeLessThan(4).allMatch(expectation::ofPolicy);
        assertThat(expectation.ofPolicy(arns.of(new PolicySlot(4)))).isFalse();
        assertThat(expectation.ofPolicy("arn:aws:iam::aws:policy/AdministratorAccess"))
                .isFalse();
    }

    @Test
    void without_a_desired_role_no_role_and_no_policy_is_expected() {
        // When
        ExpectedFingerprint none = ExpectedFingerprint.ofNone(arns, 2);

        // Then
        assertThat(none.ofRole()).isFalse();
        assertThat(none.isMetBy(role(""))).isFalse();
        assertThat(none.policies()).hasSize(2);
        assertThat(none.policies().keySet()).noneMatch(none::ofPolicy);
    }

    @Test
    void a_description_is_kept_for_a_closer_look_where_an_operator_has_set_it() {
        // Given
        DesiredRole.Present described = BuiltIn.COMPILER.compileAnnounced(
                Events.after(List.of(Events.created(0), Events.described(1, "for the auditors"))));

        // Then
        assertThat(ExpectedFingerprint.of(described, arns, 0).description()).contains("for the auditors");
    }

    private ActualRole.Present role(String description) {
        return new ActualRole.Present(
                arn,
                Instant.EPOCH,
                description,
                desired.trustPolicy(),
                Map.copyOf(desired.tags()),
                Optional.empty(),
                inline,
                attached);
    }
}
