package tatara.data.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.PersonalData;

/**
 * What was found out about one table (D1).
 *
 * @param name table name as the user knows it
 * @param place where it lies, without credentials
 * @param connect how to connect: scheme, what stands for the credentials
 * @param format what its files are, or {@code database}
 * @param bytes size where it lies, -1 if unknown
 * @param rows rows read
 * @param columns number of columns
 * @param keys sets of columns that tell rows apart, declared ones first, then those found, the smallest first
 * @param declaredKey the key that the database declares, empty if none
 * @param declaredLinks foreign keys that the database declares, as {@code COLUMN, COLUMN -> TABLE (COLUMN, COLUMN)}
 * @param links foreign keys found by evidence
 * @param freshness how new it is
 * @param personal personal data found
 * @param ingestion how to bring it in from now on
 * @param notes what a person should know
 */
public record TableAudit(
        String name,
        String place,
        String connect,
        String format,
        long bytes,
        long rows,
        int columns,
        List<List<String>> keys,
        List<String> declaredKey,
        List<String> declaredLinks,
        List<ColumnLink> links,
        Freshness freshness,
        List<PersonalData> personal,
        Suggestion ingestion,
        List<String> notes) {
    /**
     * How new a table is.
     *
     * @param latestEvent greatest value of its event time, if it has one
     * @param eventColumn the column of that time
     * @param modified when the file or table last changed, if its place says
     * @param rhythm how often it seems to change, in words; empty if nothing says
     */
    public record Freshness(
            Optional<Instant> latestEvent, Optional<String> eventColumn, Optional<Instant> modified, String rhythm) {}

    /** How a table is kept up to date. */
    public enum Ingestion {
        /** Everything again each time. */
        FULL,
        /** Rows beyond the greatest value of a column that was seen. */
        INCREMENTAL,
        /** The database's log of changes. */
        CHANGE_CAPTURE
    }

    /**
     * A suggestion.
     *
     * @param watermark the column that tells new rows, for {@link Ingestion#INCREMENTAL}
     * @param why the reason
     */
    public record Suggestion(Ingestion kind, Optional<String> watermark, String why) {}
}
