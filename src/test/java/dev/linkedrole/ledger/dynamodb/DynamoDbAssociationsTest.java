package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Associations;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Associations in DynamoDB, and in the model that stands in for it. */
@Tag("aws")
class DynamoDbAssociationsTest {

    private final InstanceId instance = Instance.random().id();
    private final Association begun =
            Association.begun("voice-id", Set.of("arn:one", "arn:two"), Instance.START.plusNanos(999_999_999));
    private final Association ended = Association.ended(Instance.START);

    static Stream<Associations> both() {
        return Stream.of(
                new DynamoDbAssociations(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table()),
                new ModelAssociations());
    }

    @ParameterizedTest
    @MethodSource("both")
    void beginning_and_end_meet_in_any_order(Associations associations) {
        // When
        Association first = await(associations.join(instance, "a", begun));
        Association second = await(associations.join(instance, "a", ended));
        Association third = await(associations.join(instance, "b", ended));
        Association fourth = await(associations.join(instance, "b", begun));

        // Then
        assertThat(first).isEqualTo(begun);
        assertThat(third).isEqualTo(ended);
        assertThat(second).isEqualTo(new Association(begun.begun(), ended.endedAt()));
        assertThat(fourth).isEqualTo(second);

        // And what is disabled is not disabled before it was enabled
        assertThat(second.disabledAt()).contains(Instance.START.plusNanos(999_999_999));
    }

    @ParameterizedTest
    @MethodSource("both")
    void saying_it_again_changes_nothing(Associations associations) {
        await(associations.join(instance, "c", begun));

        assertThat(await(associations.join(instance, "c", begun))).isEqualTo(begun);
        assertThat(begun.disabledAt()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("both")
    void instances_and_ids_are_apart(Associations associations) {
        await(associations.join(instance, "d", begun));

        assertThat(await(associations.join(Instance.random().id(), "d", ended))).isEqualTo(ended);
        assertThat(await(associations.join(instance, "e", ended))).isEqualTo(ended);
    }
}
