package dev.linkedrole.role.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Availability of a feature; the instance of these tests is in {@code aws} and {@code us-west-2}. */
class OfferingTest {

    @Test
    void without_limits_it_is_to_be_had_everywhere() {
        assertThat(objection(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void where_it_is_offered_nothing_is_wrong() {
        assertThat(objection(Optional.of(Set.of("aws", "aws-cn")), Optional.of(Set.of("us-west-2", "us-east-1"))))
                .isEmpty();
    }

    @Test
    void in_another_partition_it_is_rejected_with_those_that_have_it() {
        assertThat(objection(Optional.of(Set.of("aws-us-gov", "aws-cn")), Optional.of(Set.of("us-gov-west-1"))))
                .hasValueSatisfying(rejection -> {
                    assertThat(rejection.reason()).isEqualTo(Rejection.Reason.NOT_OFFERED);
                    assertThat(rejection.detail())
                            .isEqualTo(
                                    "is lights, which is not offered in the partition aws, only in aws-cn, aws-us-gov");
                });
    }

    @Test
    void in_another_region_it_is_rejected_with_those_that_have_it() {
        assertThat(objection(Optional.of(Set.of("aws")), Optional.of(Set.of("us-east-1", "eu-west-1"))))
                .hasValueSatisfying(
                        rejection -> assertThat(rejection.detail())
                                .isEqualTo(
                                        "is lights, which is not offered in the region us-west-2, only in eu-west-1, us-east-1"));
    }

    private static Optional<Rejection> objection(Optional<Set<String>> partitions, Optional<Set<String>> regions) {
        return new Feature("lights", new Offering(partitions, regions), Optional.empty(), List.of())
                .objection(Events.INSTANCE);
    }
}
