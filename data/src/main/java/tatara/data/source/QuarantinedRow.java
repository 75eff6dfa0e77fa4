package tatara.data.source;

import java.util.Map;

/**
 * A row that was set aside, as a line of {@code lake/quarantine/PIPELINE/TABLE.jsonl}.
 *
 * @param file where it came from
 * @param line physical line on which it starts, from 1; 0 if unknown or the format has no lines
 * @param row 0-based position in the raw table, its identity; -1 for a row that could not be read
 * @param rule id of the rule that it breaks, {@code readable} for a row that could not be read; of several the first
 * @param reason for people
 * @param cells texts by column; to be corrected and tried again. Missing ones are left out
 * @param text of a row that could not be read, cut to a thousand characters
 */
public record QuarantinedRow(
        String file, long line, long row, String rule, String reason, Map<String, String> cells, String text) {
    /** The rule of rows that could not be read. */
    public static final String READABLE = "readable";

    static QuarantinedRow of(Reject reject) {
        return new QuarantinedRow(reject.file(), reject.line(), -1, READABLE, reject.reason(), Map.of(), reject.text());
    }
}
