package dev.linkedrole.connect.imports;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.connect.imports.ImportRequests.TooManyImportsException;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.ModelImports;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests for imports. */
class ImportRequestsTest {

    private static final String ONE = "111122223333";
    private static final String TWO = "444455556666";

    private final ManualTime time = new ManualTime();
    private final Imports imports = new ModelImports(new ModelImports.Items(), new Prompt());
    private int number;

    private ImportRequests requests(String... regions) {
        return new ImportRequests(
                imports,
                () -> Uni.createFrom().item(List.of(ONE, TWO)),
                List.of(regions),
                time,
                () -> String.format("%08d", number++));
    }

    @Test
    void each_account_is_read_in_each_region_once() {
        ImportRecord record =
                await(requests().request(List.of(TWO, ONE, TWO), List.of("us-west-2", "us-east-1"), true));

        assertThat(record.locations())
                .containsExactly(
                        new ImportLocation(ONE, "us-east-1"),
                        new ImportLocation(ONE, "us-west-2"),
                        new ImportLocation(TWO, "us-east-1"),
                        new ImportLocation(TWO, "us-west-2"));
        assertThat(record.id()).isEqualTo("20261123T090000000Z-00000000");
        assertThat(await(imports.get(record.id()))).contains(record);
    }

    @Test
    void what_is_not_named_is_as_configured() {
        ImportRecord record = await(requests("eu-west-2").request(List.of(), List.of(), false));

        assertThat(record.locations())
                .containsExactly(new ImportLocation(ONE, "eu-west-2"), new ImportLocation(TWO, "eu-west-2"));
    }

    @Test
    void a_request_without_a_region_is_invalid_if_none_is_configured() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> await(requests().request(List.of(), List.of(), false)))
                .withMessageContaining("linked-role.connect.regions");
    }

    @Test
    void only_so_many_locations_are_of_one_import() {
        List<String> accounts =
                IntStream.range(0, 501).mapToObj(i -> String.format("%012d", i)).toList();

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> await(requests().request(accounts, List.of("us-west-2"), false)))
                .withMessageContaining("at most 500");
    }

    @Test
    void only_so_many_imports_run() {
        ImportRequests requests = requests("us-west-2");
        for (int i = 0; i < Imports.MAX_RUNNING; i++) {
            await(requests.request(List.of(), List.of(), true));
        }

        assertThatExceptionOfType(TooManyImportsException.class)
                .isThrownBy(() -> await(requests.request(List.of(), List.of(), true)))
                .withMessageContaining("20 imports");
    }

    private record Prompt() implements ModelLedger.Gate {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return CompletableFuture.completedFuture(effect.get());
        }
    }
}
