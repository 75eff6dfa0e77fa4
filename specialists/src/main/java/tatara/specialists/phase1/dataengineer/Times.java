package tatara.specialists.phase1.dataengineer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.specialists.words.Words;

/**
 * Which column says when a row's fact happened, and which when the row became known.
 *
 * @param event when the fact happened
 * @param arrival when the row became known
 */
record Times(Optional<String> event, Optional<String> arrival) {
    private static final Set<String> ARRIVAL = Set.of(
            "arrived",
            "arrival",
            "received",
            "ingested",
            "ingestion",
            "loaded",
            "load",
            "inserted",
            "recorded",
            "synced",
            "processed",
            "landed",
            "extracted");
    private static final Set<String> EVENT = Set.of(
            "event",
            "date",
            "time",
            "timestamp",
            "occurred",
            "happened",
            "ts",
            "day",
            "at",
            "paid",
            "ordered",
            "purchased",
            "日付",
            "日時");
    private static final Set<String> LATER = Set.of(
            "closed",
            "resolved",
            "ended",
            "end",
            "finished",
            "until",
            "due",
            "expiry",
            "birth",
            "birthday",
            "dob",
            "updated",
            "modified",
            "deleted",
            "returned",
            "delivered");

    /** @param known the Spec's time, for the main table */
    static Times of(TableProfile table, Optional<String> known) {
        List<ColumnProfile> times = table.columns().stream()
                .filter(column -> column.type() == ColumnType.TIME)
                .toList();
        Optional<String> arrival = times.stream()
                .filter(column -> !known.equals(Optional.of(column.name())) && has(column, ARRIVAL))
                .map(ColumnProfile::name)
                .findFirst();
        Optional<String> event = known.or(() -> times.stream()
                .filter(column -> !arrival.equals(Optional.of(column.name())) && !has(column, LATER))
                .max(Comparator.comparingDouble(column -> (has(column, EVENT) ? 1 : 0) - column.missingShare()))
                .map(ColumnProfile::name));
        return new Times(event, arrival);
    }

    private static boolean has(ColumnProfile column, Set<String> words) {
        return Words.of(column.name()).stream().anyMatch(words::contains);
    }
}
