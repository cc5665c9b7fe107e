package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Difference.Kind;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ObservedRole;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

    private final Instance instance = Instance.random();
    private final DesiredRole.Present desired = Defaults.COMPILER.compileAnnounced(
            instance.after(List.of(instance.created(0), instance.enabled(1, "agent-events", STREAM))));
    private final String arn = "arn:aws:iam::111122223333:role" + desired.path() + desired.name();
    private final SortedMap<String, String> tags = new TreeMap<>(desired.tags());
    private final SortedMap<String, String> inline = new TreeMap<>(desired.inlinePolicies());
    private final SortedSet<String> attached = new TreeSet<>();

    @Test
    void nothing_differs_of_a_role_that_nobody_has_touched() {
        assertThat(drift()).isEmpty();
    }

    @Test
    void a_policy_with_another_resource_differs_by_that_resource() {
        // Given
        inline.replaceAll((name, json) -> json.replace(STREAM, STREAM + "2"));

        // Then
        assertThat(drift()).singleElement().satisfies(difference -> {
            assertThat(difference.component()).isEqualTo("inline:" + PolicySlot.INLINE_POLICY);
            assertThat(difference.kind()).isEqualTo(Kind.OTHER);
            assertThat(difference.missing()).singleElement().asString().matches("[A-Za-z0-9]+: " + STREAM);
            assertThat(difference.extra()).singleElement().asString().endsWith(": " + STREAM + "2");
        });
    }

    @Test
    void each_part_is_told_as_what_it_is() {
        // Given
        inline.clear();
        inline.put("extra", IamPolicies.of("sns:*"));
        attached.add(ADMIN);
        tags.remove(RoleTags.INSTANCE_TAG);

        // Then
        assertThat(drift())
                .containsExactlyInAnyOrder(
                        new Difference(
                                "tags", Kind.OTHER, List.of(RoleTags.INSTANCE_TAG + "=" + instance.arn()), List.of()),
                        new Difference("attached:" + ADMIN, Kind.EXTRA, List.of(), List.of(ADMIN)),
                        new Difference(
                                "inline:extra", Kind.EXTRA, List.of(), PolicyDocument.lines(IamPolicies.of("sns:*"))),
                        new Difference(
                                "inline:" + PolicySlot.INLINE_POLICY,
                                Kind.MISSING,
                                PolicyDocument.lines(
                                        desired.inlinePolicies().firstEntry().getValue()),
                                List.of()));
    }

    @Test
    void an_untouched_component_is_no_drift_although_another_is_desired_now() {
        // Given
        RoleFingerprint left = desired.fingerprint();
        DesiredRole.Present now = Defaults.COMPILER.compileAnnounced(instance.after(List.of(instance.created(0))));

        // Then
        assertThat(Drift.of(left, now, found())).isEmpty();
    }

    @Test
    void it_is_bounded_whatever_somebody_has_put_there() {
        // Given
        IntStream.range(0, 100).forEach(i -> inline.put("extra" + i, IamPolicies.of("a".repeat(5_000))));
        inline.put(PolicySlot.INLINE_POLICY, IamPolicies.ofResources(500));

        // Then
        assertThat(drift()).hasSize(Drift.MAX).allSatisfy(difference -> {
            assertThat(difference.extra()).hasSizeLessThanOrEqualTo(Difference.MAX_LINES);
            assertThat(difference.extra()).allMatch(line -> line.length() <= Difference.MAX_LINE);
        });
        assertThat(new Difference(
                                "trust",
                                Kind.OTHER,
                                IntStream.range(0, 12).mapToObj(String::valueOf).toList(),
                                List.of())
                        .missing())
                .hasSize(Difference.MAX_LINES)
                .endsWith("8", "and 3 more");
    }

    @Test
    void what_just_fits_is_told_whole() {
        // Given
        List<String> ten = IntStream.range(0, Difference.MAX_LINES)
                .mapToObj(String::valueOf)
                .toList();
        String longest = "x".repeat(Difference.MAX_LINE);

        // Then
        assertThat(new Difference("trust", Kind.OTHER, ten, List.of(longest)))
                .returns(ten, Difference::missing)
                .returns(List.of(longest), Difference::extra);
        assertThat(new Difference("trust", Kind.OTHER, List.of(longest + "x"), List.of()).missing())
                .singleElement()
                .asString()
                .hasSize(Difference.MAX_LINE)
                .endsWith("x...");
    }

    @Test
    void that_the_role_as_a_whole_was_gone_is_told_in_a_word() {
        assertThat(Difference.ofRole(Kind.MISSING))
                .isEqualTo(new Difference("role", Kind.MISSING, List.of(), List.of()));
    }

    private List<Difference> drift() {
        return Drift.of(desired.fingerprint(), desired, found());
    }

    private ObservedRole found() {
        ActualRole.Present role = new ActualRole.Present(
                arn, Instant.EPOCH, "", desired.trustPolicy(), Map.copyOf(tags), Optional.empty(), inline, attached);
        return new ObservedRole(role, PolicyArns.of(arn, desired.path(), desired.name()), new TreeMap<>());
    }

    /** Policies as people write them. */
    private static final class IamPolicies {

        private IamPolicies() {}

        static String of(String action) {
            return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                    + "\",\"Resource\":\"*\"}]}";
        }

        static String ofResources(int many) {
            String resources = String.join(
                    ",",
                    IntStream.range(0, many)
                            .mapToObj(i -> "\"arn:aws:s3:::b" + i + "\"")
                            .toList());
            return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Buckets\",\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":["
                    + resources + "]}]}";
        }
    }
}
