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
        boolean array) {
    static Dialect parquet() {
        return new Dialect("", false, "", "", "", false, 0, true, false);
    }

    static Dialect json(String encoding, boolean gzip, boolean array) {
        return new Dialect(encoding, gzip, "", "", "", false, 0, false, array);
    }

    static Dialect delimited(String delimiter, String quote, String escape, boolean spacedQuotes) {
        return new Dialect("UTF-8", false, delimiter, quote, escape, spacedQuotes, 0, true, false);
    }

    Dialect in(String charset, boolean compressed) {
        return new Dialect(charset, compressed, delimiter, quote, escape, spacedQuotes, skip, header, array);
    }

    Dialect from(int skippedLines, boolean withHeader) {
        return new Dialect(encoding, gzip, delimiter, quote, escape, spacedQuotes, skippedLines, withHeader, array);
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
        if (skip > 0) {
            told.put("skippedLines", Integer.toString(skip));
        }
        return told;
    }
}
