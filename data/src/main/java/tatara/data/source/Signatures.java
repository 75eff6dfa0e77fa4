package tatara.data.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells from a file's first bytes that it is no table, and what it seems to be. */
final class Signatures {
    private static final int LOOKED_AT = 64 * 1024;

    /** So many control characters are an accident in a text of any length. */
    private static final long FEW = 4;

    private static final Map<String, String> MAGIC = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "504b0304",
                    "a ZIP archive, or a workbook of another program than Excel; unpack it, or save it as .xlsx or CSV"),
            Map.entry(
                    "d0cf11e0",
                    "an old Excel file (.xls), a workbook with a password, or a Word file; save it as .xlsx without a password, or the sheet as CSV"),
            Map.entry("25504446", "a PDF"),
            Map.entry("89504e47", "a PNG image"),
            Map.entry("ffd8ff", "a JPEG image"),
            Map.entry("47494638", "a GIF image"),
            Map.entry("7f454c46", "a program"),
            Map.entry("cafebabe", "a Java class"),
            Map.entry("53514c69746520666f726d6174", "an SQLite database; read its tables with sqlite:PATH"),
            Map.entry("894844460d0a1a0a", "an HDF5 file; export it as CSV or Parquet"),
            Map.entry("4f524300", "an ORC file; convert it to Parquet"),
            Map.entry("4f626a01", "an Avro file; convert it to Parquet"),
            Map.entry("4152524f5731", "an Arrow file; convert it to Parquet"),
            Map.entry("28b52ffd", "compressed with zstd; unpack it"),
            Map.entry("425a68", "compressed with bzip2; unpack it"),
            Map.entry("fd377a585a00", "compressed with xz; unpack it"),
            Map.entry("377abcaf271c", "a 7-Zip archive; unpack it"),
            Map.entry("8004", "a Python pickle; export it as CSV or Parquet"),
            Map.entry("936e756d7079", "a NumPy array; export it as CSV or Parquet")));

    private Signatures() {}

    static boolean isParquet(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'A' && head[2] == 'R' && head[3] == '1';
    }

    static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }

    /** What the content is if it is no table; empty if it may be one. */
    static Optional<String> foreign(byte[] head) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(16, head.length); i++) {
            hex.append(String.format(Locale.ROOT, "%02x", head[i]));
        }
        for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
            if (hex.indexOf(magic.getKey()) == 0 && !(magic.getKey().length() < 8 && isText(head))) {
                return Optional.of(magic.getValue());
            }
        }
        String start = new String(head, 0, Math.min(200, head.length), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return Optional.of("an HTML page; perhaps a download that failed");
        }
        if (start.startsWith("<?xml")) {
            return Optional.of("an XML document; convert it to CSV or JSON lines");
        }
        if (start.startsWith("version https://git-lfs")) {
            return Optional.of("a Git LFS pointer; fetch the file itself with git lfs pull");
        }
        return isText(head) ? Optional.empty() : Optional.of("binary content, with NUL or control characters");
    }

    /** Whether control characters are rare, or the bytes look like UTF-16 or UTF-32. */
    private static boolean isText(byte[] head) {
        int length = Math.min(LOOKED_AT, head.length);
        if (Encodings.byStart(head, length).isPresent()) {
            return true;
        }
        int controls = 0;
        int nul = 0;
        for (int i = 0; i < length; i++) {
            int b = head[i] & 0xff;
            nul += b == 0 ? 1 : 0;
            controls += b < 32 && b != '\t' && b != '\n' && b != '\r' && b != 0x0c && b != 0x1b ? 1 : 0;
        }
        return nul * 200L <= length + FEW * 200L && controls * 50L <= length + FEW * 50L;
    }
}
