package tatara.data.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.data.audit.TableAudit.Freshness;
import tatara.data.audit.TableAudit.Ingestion;
import tatara.data.audit.TableAudit.Suggestion;
import tatara.data.source.jdbc.DatabaseTable;

/** How new a table is, and how to keep it up to date: from its times, its key and what its place counts. */
final class IngestionAdvice {
    private static final Pattern CHANGED = Pattern.compile("(?i).*(updated|modified|changed|last_?update|mtime).*");
    private static final Pattern ARRIVED =
            Pattern.compile("(?i).*(created|inserted|ingested|loaded|received|arrival).*");
    private static final Pattern AHEAD =
            Pattern.compile("(?i).*(birth|born|dob|due|expir|valid_?(to|until)|end|deadline).*");
    private static final long SMALL_ROWS = 100_000;
    private static final double REWRITTEN = 0.01;

    private final TableProfile table;
    private final List<List<String>> keys;
    private final Optional<DatabaseTable> database;

    IngestionAdvice(TableProfile table, List<List<String>> keys, Optional<DatabaseTable> database) {
        this.table = table;
        this.keys = keys;
        this.database = database;
    }

    /** @param modified when the file last changed, if it is one */
    Freshness freshness(Optional<Instant> modified) {
        Optional<ColumnProfile> event = event();
        return new Freshness(
                event.flatMap(ColumnProfile::times).map(times -> times.max()),
                event.map(ColumnProfile::name),
                database.flatMap(DatabaseTable::modified).or(() -> modified),
                rhythm(event));
    }

    private Optional<ColumnProfile> event() {
        return table.columns().stream()
                .filter(column ->
                        column.type() == ColumnType.TIME && column.times().isPresent())
                .filter(column -> !AHEAD.matcher(column.name()).matches() && column.missingShare() < 0.5)
                .max(Comparator.comparing(
                        column -> column.times().map(times -> times.max()).orElse(Instant.MIN)));
    }

    private String rhythm(Optional<ColumnProfile> event) {
        Optional<DatabaseTable.Changes> counted = database.flatMap(DatabaseTable::changes);
        if (counted.isPresent()) {
            DatabaseTable.Changes changes = counted.get();
            return String.format(
                    Locale.ROOT,
                    "the database counted %,d inserts, %,d updates and %,d deletes%s",
                    changes.inserted(),
                    changes.updated(),
                    changes.deleted(),
                    changes.since().map(since -> " since " + since).orElse(""));
        }
        return event.flatMap(ColumnProfile::times)
                .filter(times -> times.stepSeconds() > 0 && times.regularity() > 0.3)
                .map(times ->
                        "its times are mostly " + words(Duration.ofSeconds((long) times.stepSeconds())) + " apart")
                .orElse("");
    }

    private static String words(Duration step) {
        if (step.toDays() > 0) {
            return step.toDays() + (step.toDays() == 1 ? " day" : " days");
        }
        if (step.toHours() > 0) {
            return step.toHours() + (step.toHours() == 1 ? " hour" : " hours");
        }
        return Math.max(1, step.toSeconds()) + " s";
    }

    Suggestion suggestion() {
        Optional<DatabaseTable.Changes> changes = database.flatMap(DatabaseTable::changes);
        boolean rewritten = changes.filter(
                        counted -> counted.updated() + counted.deleted() > REWRITTEN * Math.max(1, table.rows()))
                .isPresent();
        boolean declared = database.filter(each -> !each.primaryKey().isEmpty()).isPresent();
        if (rewritten
                && declared
                && database.filter(IngestionAdvice::isCapturable).isPresent()) {
            return new Suggestion(
                    Ingestion.CHANGE_CAPTURE,
                    Optional.empty(),
                    "rows are updated or deleted, which no watermark shows; there is a primary key, and PostgreSQL can tell"
                            + " its changes");
        }
        Optional<String> changed = time(CHANGED);
        if (changed.isPresent() && !keys.isEmpty()) {
            return incremental(
                    changed, "it says when a row last changed, and " + keys.get(0) + " tells which row it replaces");
        }
        Optional<String> watermark = time(ARRIVED).or(this::growingKey).or(() -> event().map(ColumnProfile::name));
        if (table.rows() <= SMALL_ROWS && database.isEmpty()) {
            return new Suggestion(
                    Ingestion.FULL, Optional.empty(), "it is small: reading all of it again is quick and sure");
        }
        if (watermark.isPresent() && !rewritten) {
            return incremental(watermark, "new rows have greater values, and nothing says that old rows change");
        }
        return new Suggestion(
                Ingestion.FULL,
                Optional.empty(),
                rewritten
                        ? "rows are updated or deleted, and nothing tells which"
                        : "no column tells new rows from old ones");
    }

    private static boolean isCapturable(DatabaseTable table) {
        return table.location().startsWith("postgres") || table.location().startsWith("jdbc:postgresql:");
    }

    private static Suggestion incremental(Optional<String> watermark, String why) {
        return new Suggestion(Ingestion.INCREMENTAL, watermark, why);
    }

    private Optional<String> time(Pattern name) {
        return table.columns().stream()
                .filter(column -> column.type() == ColumnType.TIME && column.missing() == 0)
                .map(ColumnProfile::name)
                .filter(column -> name.matcher(column).matches())
                .findFirst();
    }

    /** A single key of whole numbers. */
    private Optional<String> growingKey() {
        return keys.stream()
                .filter(key -> key.size() == 1)
                .map(key -> key.get(0))
                .filter(key -> table.find(key)
                        .filter(column -> column.top().stream()
                                .allMatch(value -> value.value().matches("\\d{1,18}")))
                        .isPresent())
                .findFirst();
    }
}
