package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of an import.
 *
 * @param id the import's id
 * @param state running, done or failed; failed if an account and region could not be read
 * @param dryRun true if nothing is recorded
 * @param progress the sum of all locations
 * @param estimate time that is left at the rate of requests that Amazon Connect allows; absent until the instances of
 *     all locations were counted
 * @param estimatePerInstance time that one instance takes
 * @param requestedAt time of the request
 * @param endedAt time of the end; absent until then
 * @param locations progress of each account and region
 * @param findings instances whose record differed, or of which a part was not read or decided
 * @param next the value of {@code after} for the next page of findings; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportView(
        String id,
        String state,
        boolean dryRun,
        ProgressView progress,
        @Nullable Duration estimate,
        Duration estimatePerInstance,
        Instant requestedAt,
        @Nullable Instant endedAt,
        List<LocationView> locations,
        List<FindingView> findings,
        @Nullable String next) {

    /**
     * Creates the view.
     *
     * @param known progress of the locations that were begun
     */
    public static ImportView of(
            ImportRecord record,
            List<LocationProgress> known,
            Finding.Page findings,
            Duration perInstance,
            Optional<Duration> left) {
        Map<ImportLocation, LocationProgress> byLocation =
                known.stream().collect(Collectors.toMap(LocationProgress::location, location -> location));
        List<LocationProgress> all = record.locations().stream()
                .map(location -> byLocation.getOrDefault(location, LocationProgress.waiting(location)))
                .toList();
        return new ImportView(
                record.id(),
                word(record.state()),
                record.dryRun(),
                ProgressView.sum(all),
                left.orElse(null),
                perInstance,
                record.requestedAt(),
                record.endedAt().orElse(null),
                all.stream().map(LocationView::of).toList(),
                findings.findings().stream().map(FindingView::of).toList(),
                findings.next().map(ImportView::opaque).orElse(null));
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String opaque(String mark) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mark.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the mark of a page; empty if the text is none that a view has given. */
    public static Optional<String> mark(String opaque) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(opaque), StandardCharsets.UTF_8))
                    .filter(mark -> !mark.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * JSON view of the numbers of instances and events.
     *
     * @param found instances that Amazon Connect listed before the first was read; absent until they were counted
     * @param read instances that are through
     * @param differing instances whose record differed
     * @param events events recorded for them, or that would be
     * @param unread instances of which a part was not read, not decided, or is not in force
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProgressView(@Nullable Long found, long read, long differing, long events, long unread) {

        static ProgressView of(Counts counts) {
            return new ProgressView(
                    counts.listed().orElse(null), counts.read(), counts.differing(), counts.events(), counts.unread());
        }

        static ProgressView sum(List<LocationProgress> locations) {
            boolean counted = locations.stream()
                    .allMatch(at -> at.ended() || at.counts().listed().isPresent());
            return new ProgressView(
                    counted
                            ? locations.stream()
                                    .mapToLong(at -> at.counts().listed().orElse(0L))
                                    .sum()
                            : null,
                    locations.stream().mapToLong(at -> at.counts().read()).sum(),
                    locations.stream().mapToLong(at -> at.counts().differing()).sum(),
                    locations.stream().mapToLong(at -> at.counts().events()).sum(),
                    locations.stream().mapToLong(at -> at.counts().unread()).sum());
        }
    }

    /**
     * JSON view of the progress of an account and region.
     *
     * @param state waiting, reading, delayed, done or failed
     * @param reason the failure that ended or delays it; absent if there is none
     * @param begunAt time at which it was begun; absent until then
     * @param endedAt time at which it ended; absent until then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LocationView(
            String account,
            String region,
            String state,
            @Nullable String reason,
            ProgressView progress,
            @Nullable Instant begunAt,
            @Nullable Instant endedAt) {

        static LocationView of(LocationProgress at) {
            return new LocationView(
                    at.location().account(),
                    at.location().region(),
                    word(at.state()),
                    at.reason().orElse(null),
                    ProgressView.of(at.counts()),
                    at.begunAt().orElse(null),
                    at.endedAt().orElse(null));
        }
    }

    /**
     * JSON view of what was found about one instance.
     *
     * @param instance the instance's ARN, or what the list names in its place
     * @param events events that its record lacked, a line each
     * @param notes what was not read, not decided, or is not in force, and why
     */
    public record FindingView(String instance, List<String> events, List<String> notes) {

        static FindingView of(Finding finding) {
            return new FindingView(finding.subject(), finding.events(), finding.notes());
        }
    }
}
