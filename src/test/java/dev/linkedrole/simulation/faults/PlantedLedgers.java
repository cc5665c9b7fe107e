package dev.linkedrole.simulation.faults;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.simulation.world.OtherLedger;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ledgers with a defect. */
final class PlantedLedgers {

    private PlantedLedgers() {}

    static Ledger alwaysNewest(Ledger sound) {
        return new OtherLedger(sound) {
            @Override
            public Uni<Boolean> markApplied(RoleRecord record, AppliedChange application) {
                return super.markApplied(record, application).replaceWith(true);
            }
        };
    }

    static Ledger forgettingDeletions(Ledger sound) {
        return new OtherLedger(sound) {
            @Override
            public Uni<Optional<RoleRecord>> load(InstanceId instance) {
                return super.load(instance).map(found -> found.map(PlantedLedgers::undeleted));
            }

            @Override
            public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
                return super.load(instance, grants).map(found -> found.map(PlantedLedgers::undeleted));
            }

            @Override
            public Multi<RoleRecord> records(Multi<InstanceId> instances) {
                return super.records(instances).map(PlantedLedgers::undeleted);
            }
        };
    }

    private static RoleRecord undeleted(RoleRecord record) {
        LinkedRole role = record.role();
        return with(
                record,
                record.revision(),
                new LinkedRole(
                        role.instance(),
                        role.announcement(),
                        Optional.empty(),
                        role.grantWrites(),
                        role.withdrawn(),
                        role.descriptionWrite(),
                        role.adoptedAt(),
                        role.releasedAt()));
    }

    static Ledger recordingAnyway(Ledger sound) {
        return new OtherLedger(sound) {
            @Override
            public Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
                return super.load(before.role().instance().id())
                        .map(found -> found.map(newest -> with(before, newest.revision(), before.role()))
                                .orElse(before))
                        .flatMap(newest -> super.record(newest, events, at));
            }
        };
    }

    static Ledger readingDisabledFirst(Ledger sound) {
        return new OtherLedger(sound) {
            @Override
            public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
                return super.load(instance, grants)
                        .flatMap(grantWrites -> super.load(instance)
                                .map(found -> found.map(record -> grantWrites
                                        .map(earlier ->
                                                record.with(earlier.role().disabled()))
                                        .orElse(record))));
            }
        };
    }

    static Ledger withoutReserving(Ledger sound) {
        return new OtherLedger(sound) {
            @Override
            public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
                return Uni.createFrom().voidItem();
            }
        };
    }

    private static RoleRecord with(RoleRecord record, long revision, LinkedRole role) {
        return new RoleRecord(
                role,
                revision,
                Math.min(record.appliedRevision(), revision),
                record.applied(),
                record.placement(),
                record.slots(),
                record.roleName(),
                record.roleArn(),
                record.conditions(),
                record.changedAt(),
                record.pendingAcknowledgements(),
                record.identity(),
                record.repairs());
    }
}
