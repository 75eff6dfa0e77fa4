package tatara.data.source;

import java.util.Locale;

/** What a source's files are. */
public enum Format {
    /** Delimited text of any dialect. */
    CSV,
    PARQUET,
    /** JSON objects: one a line, or the elements of one array. */
    JSONL,
    /** Sheets of an Excel workbook. */
    EXCEL;

    /** The name in {@link tatara.core.evidence.SourceAudit}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
