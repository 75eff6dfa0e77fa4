package tatara.data.source;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one file is read.
 *
 * @param encoding name of the character set; empty for Parquet
 * @param gzip whether the file is compressed
 * @param delimiter one character between cells; empty if there is one column
 * @param quote one character around cells that hold special characters; empty if none
 * @param escape one character that makes the next one literal inside quotes (the quote itself if it is doubled); empty if none
 * @param spacedQuotes whether spaces may stand before an opening quote
 * @param skip physical lines before the first record that counts
 * @param header whether the first record names the columns
 * @param array for JSON: whether the file is one array of objects
 * @param sheet for workbooks: where the table lies
 * @param ragged whether cells at the end of a record may be left out, and are then missing
 */
public record Dialect(
        String encoding,
        boolean gzip,
        String delimiter,
        String quote,
        String escape,
        boolean spacedQuotes,
        int skip,
        boolean header,
        boolean array,
        SheetArea sheet,
        boolean ragged) {
    /** Of Parquet files, and of rows that need no reading. */
    public static Dialect parquet() {
        return new Dialect("", false, "", "", "", false, 0, true, false, SheetArea.NONE, false);
    }

    static Dialect excel(boolean header, SheetArea sheet) {
        return new Dialect("", false, "", "", "", false, 0, header, false, sheet, false);
    }

    static Dialect json(String encoding, boolean gzip, boolean array) {
        return new Dialect(encoding, gzip, "", "", "", false, 0, false, array, SheetArea.NONE, false);
    }

    static Dialect delimited(String delimiter, String quote, String escape, boolean spacedQuotes) {
        return new Dialect(
                "UTF-8", false, delimiter, quote, escape, spacedQuotes, 0, true, false, SheetArea.NONE, false);
    }

    Dialect in(String charset, boolean compressed) {
        return new Dialect(
                charset, compressed, delimiter, quote, escape, spacedQuotes, skip, header, array, sheet, ragged);
    }

    Dialect from(int skippedLines, boolean withHeader) {
        return new Dialect(
                encoding, gzip, delimiter, quote, escape, spacedQuotes, skippedLines, withHeader, array, sheet, ragged);
    }

    Dialect on(SheetArea area) {
        return new Dialect(encoding, gzip, delimiter, quote, escape, spacedQuotes, skip, header, array, area, ragged);
    }

    Dialect ragged(boolean shortRecords) {
        return new Dialect(
                encoding, gzip, delimiter, quote, escape, spacedQuotes, skip, header, array, sheet, shortRecords);
    }

    Charset charset() {
        return Charset.forName(encoding);
    }

    /** What a person should see of it. */
    Map<String, String> describe(Format format) {
        Map<String, String> told = new LinkedHashMap<>();
        if (format == Format.PARQUET) {
            return told;
        }
        if (format == Format.EXCEL) {
            told.put("sheet", sheet.sheet());
            told.put("header", header ? "yes" : "no");
            told.put("firstRow", Integer.toString(sheet.firstRow() + 1));
            return told;
        }
        told.put("encoding", encoding);
        if (gzip) {
            told.put("compression", "gzip");
        }
        if (format == Format.JSONL) {
            told.put("form", array ? "array" : "lines");
            return told;
        }
        told.put("delimiter", delimiter.equals("\t") ? "tab" : delimiter.isEmpty() ? "none" : delimiter);
        told.put("quote", quote.isEmpty() ? "none" : quote);
        if (!escape.isEmpty() && !escape.equals(quote)) {
            told.put("escape", escape);
        }
        told.put("header", header ? "yes" : "no");
        if (ragged) {
            told.put("ragged", "yes");
        }
        if (skip > 0) {
            told.put("skippedLines", Integer.toString(skip));
        }
        return told;
    }
}
