package tatara.data.source;

import java.util.List;

/**
 * How a file's rows become the table's rows.
 *
 * @param kind what a row of the file is
 * @param idColumns for wide series: the leading columns that name the series
 * @param firstValue for wide series: header of the first time step
 * @param lastValue for wide series: header of the last time step
 * @param dated for wide series: whether the headers of the steps are dates
 */
public record Layout(Kind kind, List<String> idColumns, String firstValue, String lastValue, boolean dated) {
    /** What a row of the file is. */
    public enum Kind {
        /** A row of the table. */
        ROWS,
        /** A series, with one column for each time step; each step becomes a row. */
        WIDE_SERIES
    }

    public static final Layout ROWS = new Layout(Kind.ROWS, List.of(), "", "", false);

    /** The word in {@link tatara.core.evidence.SourceAudit#dialect()}. */
    String label() {
        return kind == Kind.ROWS ? "rows" : "wide-series";
    }
}
