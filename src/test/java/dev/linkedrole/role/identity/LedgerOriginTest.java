package dev.linkedrole.role.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Detection of a ledger in another table than the one in which it was written, and the consequence for a role. */
class LedgerOriginTest {

    private static final Instant MADE = Instant.parse("2026-11-30T10:00:00Z");
    private static final TableIdentity TABLE = new TableIdentity("one", MADE);

    private final LinkedRole role = LinkedRole.unknown(Instance.random().arn());

    @Test
    void a_ledger_that_names_its_table_is_its_own() {
        assertThat(LedgerOrigin.of(TABLE, recorded("one"))).isEqualTo(new LedgerOrigin.Own());
    }

    @Test
    void a_ledger_that_names_no_table_is_taken_for_its_own() {
        assertThat(LedgerOrigin.of(TABLE, Optional.empty())).isEqualTo(new LedgerOrigin.Own());
    }

    @Test
    void a_ledger_that_names_another_table_is_restored() {
        assertThat(LedgerOrigin.of(TABLE, recorded("two"))).isEqualTo(new LedgerOrigin.Restored("one", "two", MADE));
    }

    @Test
    void the_time_that_a_person_has_written_counts_if_it_is_later() {
        Instant later = MADE.plusSeconds(9);
        assertThat(LedgerOrigin.of(TABLE, Optional.of(new LedgerOrigin.Recorded("two", Optional.of(later)))))
                .isEqualTo(new LedgerOrigin.Restored("one", "two", later));
        assertThat(LedgerOrigin.of(
                        TABLE, Optional.of(new LedgerOrigin.Recorded("two", Optional.of(MADE.minusSeconds(9))))))
                .isEqualTo(new LedgerOrigin.Restored("one", "two", MADE));
    }

    @Test
    void roles_lose_what_is_not_recorded_only_by_a_ledger_of_its_own() {
        assertThat(new LedgerOrigin.Own().onlyGrows(role)).isFalse();
        assertThat(new LedgerOrigin.Unknown().onlyGrows(role)).isTrue();
        assertThat(restored().onlyGrows(role)).isTrue();
    }

    @Test
    void a_role_adopted_since_the_restore_is_what_is_recorded() {
        assertThat(restored().onlyGrows(adopted(MADE.minusNanos(1)))).isTrue();
        assertThat(restored().onlyGrows(adopted(MADE))).isFalse();
        assertThat(new LedgerOrigin.Unknown().onlyGrows(adopted(MADE))).isTrue();
    }

    @Test
    void a_word_by_a_clock_that_is_behind_is_one_after_the_restore() {
        assertThat(restored().notBefore(MADE.minusSeconds(60))).isEqualTo(MADE);
        assertThat(restored().notBefore(MADE.plusSeconds(60))).isEqualTo(MADE.plusSeconds(60));
        assertThat(new LedgerOrigin.Own().notBefore(MADE)).isEqualTo(MADE);
    }

    @Test
    void the_verdict_is_told_with_both_tables_of_a_restored_ledger() {
        assertThat(new LedgerOrigin.Own().sentence()).isEqualTo("the ledger has been in its table from the beginning");
        assertThat(new LedgerOrigin.Unknown().sentence()).startsWith("it is not known whether the ledger was restored");
        assertThat(restored().sentence()).contains("restored", "written in the table two", "is in the table one");
    }

    @Test
    void a_table_without_an_id_is_known_by_when_it_was_made() {
        assertThat(TableIdentity.of(Optional.of("one"), Optional.of(MADE))).contains(TABLE);
        assertThat(TableIdentity.of(Optional.empty(), Optional.of(MADE)))
                .contains(new TableIdentity("created " + MADE, MADE));
        assertThat(TableIdentity.of(Optional.empty(), Optional.empty())).isEmpty();
    }

    private LinkedRole adopted(Instant at) {
        return new LinkedRole(
                role.instance(),
                role.announcement(),
                role.deletedAt(),
                role.grantWrites(),
                role.withdrawn(),
                role.descriptionWrite(),
                Optional.of(at),
                role.releasedAt());
    }

    private static LedgerOrigin restored() {
        return LedgerOrigin.of(TABLE, recorded("two"));
    }

    private static Optional<LedgerOrigin.Recorded> recorded(String table) {
        return Optional.of(new LedgerOrigin.Recorded(table, Optional.empty()));
    }
}
