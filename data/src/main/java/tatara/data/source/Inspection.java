package tatara.data.source;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceFile;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.DataErrorCode;

/** Finds out what one file is and how it is to be read, from its first bytes and one pass over the rest. */
final class Inspection {
    private static final int SAMPLE = 1 << 20;
    private static final int LEAST_LINES = 50;
    private static final int MOST_SAMPLED = 2_000;
    private static final int MOST_SAMPLED_CELLS = 400_000;
    private static final int MOST_SKIPPED = 50;
    private static final int MOST_COLUMNS = 50_000;

    private final Path cache;
    private final Fingerprints fingerprints;

    Inspection(Path cache) {
        this.cache = cache;
        this.fingerprints = new Fingerprints(cache);
    }

    /** What a file is. */
    record Found(Format format, SourcePart part, Layout layout, List<String> notes) {}

    /**
     * Looks at a regular file: one find, or one for each sheet of a workbook that holds a table.
     *
     * @throws TataraException if it is empty, no table, broken or not readable
     */
    List<Found> inspect(Path file) {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw empty(file);
            }
            byte[] raw = SourceBytes.head(file, false, 16);
            if (Signatures.isParquet(raw)) {
                return List.of(parquet(file, size));
            }
            if (Signatures.isZip(raw) && ExcelBook.isWorkbook(file)) {
                String print = fingerprints.of(file, false, false).sha256();
                return new ExcelInspection(new SourceFile(file.toString(), size, print)).inspect();
            }
            boolean gzip = SourceBytes.isGzip(raw, raw.length);
            byte[] head = sample(file, gzip);
            Signatures.foreign(head).ifPresent(what -> {
                throw new TataraException(
                        DataErrorCode.SOURCE_MALFORMED,
                        Fault.of("not a table: " + what)
                                .at(file.toString())
                                .expecting("CSV, Parquet, JSON lines or Excel")
                                .todo("Check that this is the right file, or export the table as CSV"));
            });
            return List.of(text(file, size, gzip, head));
        } catch (IOException e) {
            throw SourceBytes.failure(e, file);
        }
    }

    private Found parquet(Path file, long size) {
        List<String> names = ParquetRows.names(file, cache);
        List<String> notes = new ArrayList<>();
        SourceFile source = new SourceFile(
                file.toString(), size, fingerprints.of(file, false, false).sha256());
        SourcePart part = new SourcePart(source, Dialect.parquet(), ColumnNames.distinct(names, notes));
        return new Found(Format.PARQUET, part, Layout.ROWS, notes);
    }

    /** The start of the content: more of it if its lines are long. */
    private static byte[] sample(Path file, boolean gzip) throws IOException {
        byte[] head = SourceBytes.head(file, gzip, SAMPLE);
        if (head.length < SAMPLE || Signatures.foreign(head).isPresent() || lines(head) >= LEAST_LINES) {
            return head;
        }
        byte[] more = SourceBytes.head(file, gzip, CsvReader.LONGEST_RECORD);
        if (lines(more) == 0 && more.length == CsvReader.LONGEST_RECORD) {
            throw new TataraException(
                    DataErrorCode.RECORD_TOO_LONG,
                    Fault.of("the first " + (CsvReader.LONGEST_RECORD >> 20) + " MiB hold no end of a line")
                            .at(file + ":1")
                            .expecting("a table with one record a line")
                            .todo("Check that this is the right file, and that its lines end"));
        }
        return more;
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (byte b : bytes) {
            lines += b == '\n' || b == '\r' ? 1 : 0;
        }
        return lines;
    }

    private Found text(Path file, long size, boolean gzip, byte[] head) throws IOException {
        Fingerprints.Fingerprint print = fingerprints.of(file, gzip, true);
        String encoding = Encodings.of(file, gzip, head, print);
        boolean whole = head.length < SAMPLE;
        String text = Encodings.decode(head, head.length, encoding);
        if (text.isBlank()) {
            throw empty(file);
        }
        List<String> notes = new ArrayList<>();
        if (encoding.equals("UTF-8") && print.invalid() > 0) {
            notes.add(print.invalid() + " places are not valid UTF-8; they are read as \uFFFD");
        }
        SourceFile source = new SourceFile(file.toString(), size, print.sha256());
        Optional<Found> json = json(source, encoding, gzip, text);
        return json.isPresent() ? json.get() : delimited(source, encoding, gzip, text, whole, notes);
    }

    private static Optional<Found> json(SourceFile file, String encoding, boolean gzip, String text) {
        char first = text.stripLeading().charAt(0);
        if (first != '{' && first != '[') {
            return Optional.empty();
        }
        boolean array = first == '['
                || !isObject(
                        text.lines().filter(line -> !line.isBlank()).findFirst().orElse(""));
        try (JsonRecords records = new JsonRecords(new StringReader(text), file.path(), array)) {
            String record = records.next();
            if (record == null || !(JsonText.read(file.path(), record) instanceof Json.Obj object)) {
                return Optional.empty();
            }
            SourcePart part = new SourcePart(
                    file,
                    Dialect.json(encoding, gzip, array),
                    List.copyOf(FlatJson.cells(object).keySet()));
            return Optional.of(new Found(Format.JSONL, part, Layout.ROWS, List.of()));
        } catch (TataraException notJson) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isObject(String line) {
        try {
            return JsonText.read("line", line) instanceof Json.Obj;
        } catch (TataraException e) {
            return false;
        }
    }

    private static Found delimited(
            SourceFile file, String encoding, boolean gzip, String text, boolean whole, List<String> notes) {
        int declared = declaredDelimiter(text);
        String body = declared < 0 ? text : text.substring(Math.min(text.length(), text.indexOf('\n') + 1));
        Dialect dialect = declared < 0
                ? CsvDialects.detect(text)
                : Dialect.delimited(Character.toString(declared), "\"", "\"", false);
        Sample sample = Sample.read(body, dialect, whole);
        if (sample.records().isEmpty()) {
            throw empty(Path.of(file.path()));
        }
        int skip = sample.tableStart(notes);
        List<List<String>> records =
                sample.records().subList(skip, sample.records().size());
        boolean header = HeaderRow.isHeader(records);
        List<String> names = header ? sample.header(skip, notes) : ColumnNames.numbered(sample.usual());
        if (!header) {
            notes.add("the first line does not look like a header; the columns are called column_1, column_2 …");
        }
        if (names.size() > MOST_COLUMNS) {
            throw new TataraException(
                    DataErrorCode.SOURCE_MALFORMED,
                    Fault.of(names.size() + " columns").at(file.path()).expecting("at most " + MOST_COLUMNS));
        }
        int skippedLines = (declared < 0 ? 0 : 1) + (int) sample.line(skip) - 1;
        Layout layout = WideSeries.detect(names, header ? records.subList(1, records.size()) : records);
        boolean ragged = RaggedRecords.are(header ? records.subList(1, records.size()) : records, names.size());
        Dialect full = dialect.in(encoding, gzip).from(skippedLines, header).ragged(ragged);
        return new Found(Format.CSV, new SourcePart(file, full, names), layout, notes);
    }

    /** The delimiter of Excel's line {@code sep=;}, or -1. */
    private static int declaredDelimiter(String text) {
        boolean declared = text.length() > 5
                && text.regionMatches(true, 0, "sep=", 0, 4)
                && (text.charAt(5) == '\n' || text.charAt(5) == '\r');
        return declared ? text.charAt(4) : -1;
    }

    private static TataraException empty(Path file) {
        return new TataraException(
                DataErrorCode.SOURCE_EMPTY,
                Fault.of("the file is empty")
                        .at(file.toString())
                        .expecting("a table with a header and rows")
                        .todo("Check that it was written to the end"));
    }

    /** The first records of a text, and where they start. */
    record Sample(List<List<String>> records, long[] lines) {
        static Sample read(String text, Dialect dialect, boolean whole) {
            List<List<String>> records = new ArrayList<>();
            List<Long> lines = new ArrayList<>();
            long cells = 0;
            boolean cut = !whole;
            try (CsvReader reader = new CsvReader(new StringReader(text), "sample", dialect)) {
                while (reader.next()) {
                    if (reader.unclosed() || reader.blank()) {
                        continue;
                    }
                    List<String> record = new ArrayList<>(reader.size());
                    for (int i = 0; i < reader.size(); i++) {
                        record.add(reader.cell(i));
                    }
                    records.add(record);
                    lines.add(reader.line());
                    cells += record.size();
                    if (records.size() > MOST_SAMPLED || (cells > MOST_SAMPLED_CELLS && records.size() > LEAST_LINES)) {
                        cut = false;
                        break;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            int count = cut && records.size() > 1 ? records.size() - 1 : records.size();
            return new Sample(
                    records.subList(0, count),
                    lines.stream().mapToLong(Long::longValue).limit(count).toArray());
        }

        long line(int record) {
            return lines[record];
        }

        /** The most frequent number of cells, the larger of two equally frequent. */
        int usual() {
            Map<Integer, Integer> counts = new HashMap<>();
            records.forEach(record -> counts.merge(record.size(), 1, Integer::sum));
            return counts.entrySet().stream()
                    .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse(0);
        }

        /** Position of the first record of the table: those before it are titles or remarks with fewer cells. */
        int tableStart(List<String> notes) {
            int usual = usual();
            if (indexedHeader()) {
                return 0;
            }
            for (int i = 0; i < Math.min(MOST_SKIPPED, records.size()); i++) {
                if (records.get(i).size() >= usual) {
                    if (i > 0) {
                        notes.add("the first " + (lines[i] - 1) + " lines are no part of the table and are left out");
                    }
                    return i;
                }
            }
            return 0;
        }

        /** Whether the header lacks a name for a first column of row names, as R writes it. */
        boolean indexedHeader() {
            int usual = usual();
            List<String> first = records.get(0);
            return records.size() > 2
                    && first.size() == usual - 1
                    && usual > 2
                    && first.stream().allMatch(cell -> CellKind.of(cell) == CellKind.WORDS);
        }

        /** Names from the header at a position. */
        List<String> header(int position, List<String> notes) {
            List<String> header = new ArrayList<>(records.get(position));
            if (position == 0 && indexedHeader()) {
                header.add(0, "");
            }
            int usual = usual();
            while (records.size() > position + 1
                    && header.size() > usual
                    && header.get(header.size() - 1).isBlank()) {
                header.remove(header.size() - 1);
            }
            return ColumnNames.distinct(header, notes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sample that && records.equals(that.records) && Arrays.equals(lines, that.lines);
        }

        @Override
        public int hashCode() {
            return records.hashCode() * 31 + Arrays.hashCode(lines);
        }
    }
}
