package tatara.core.evidence;

import java.util.List;
import java.util.Map;

/**
 * What a source is and how it is read (D1).
 *
 * @param table table name it becomes
 * @param format {@code csv}, {@code parquet} or {@code jsonl}
 * @param files its files, in reading order
 * @param dialect what was found out about the format: encoding, delimiter, quote, header, layout …
 * @param rows rows read
 * @param quarantined rows that could not be read
 * @param quarantineFile JSON lines with file, line, reason and text of each of those; empty if none
 * @param notes what a person should know, such as renamed duplicate columns
 */
public record SourceAudit(
        String table,
        String format,
        List<SourceFile> files,
        Map<String, String> dialect,
        long rows,
        long quarantined,
        String quarantineFile,
        List<String> notes) {}
