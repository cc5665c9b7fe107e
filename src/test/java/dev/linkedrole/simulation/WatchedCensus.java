package dev.linkedrole.simulation;

import dev.linkedrole.iam.Census;
import dev.linkedrole.iam.CensusPage;
import dev.linkedrole.role.RoleName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/** Says in the trace that a call is for a census. */
record WatchedCensus(Census census, MortalProcess process) implements Census {

    private <T> Uni<T> about(Supplier<Uni<T>> call) {
        String purpose = process.tell("census");
        return Uni.createFrom().deferred(() -> {
            process.turnTo(purpose);
            return call.get();
        });
    }

    @Override
    public Uni<CensusPage> page(Optional<String> from) {
        return about(() -> census.page(from));
    }

    @Override
    public Uni<Optional<String>> description(RoleName name) {
        return about(() -> census.description(name));
    }
}
