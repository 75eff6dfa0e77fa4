package tatara.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The good records of one delimited file below its header: those with as many cells as the header has (more, if the rest is empty; fewer,
 * if the dialect is ragged). Others are rejected with their line. Blank lines are skipped, but in a table of one column they are missing
 * values unless they end the file. Records of nothing but empty cells can be skipped. Not thread-safe.
 */
final class CsvRecords implements Closeable {
    private final CsvReader reader;
    private final String file;
    private final int width;
    private final boolean ragged;
    private boolean skipsHollow;
    private final Consumer<Reject> rejects;
    private long blanks;
    private long hollow;
    private long shorter;
    private boolean pendingRecord;
    private boolean showingBlank;

    private CsvRecords(CsvReader reader, String file, int width, boolean ragged, Consumer<Reject> rejects) {
        this.reader = reader;
        this.file = file;
        this.width = width;
        this.ragged = ragged;
        this.rejects = rejects;
    }

    static CsvRecords open(Path file, SourcePart part, Consumer<Reject> rejects) throws IOException {
        return open(file, part, rejects, part.dialect().ragged());
    }

    /** Records that may be shorter than the header. */
    static CsvRecords openRagged(Path file, SourcePart part, Consumer<Reject> rejects) throws IOException {
        return open(file, part, rejects, true);
    }

    private static CsvRecords open(Path file, SourcePart part, Consumer<Reject> rejects, boolean ragged)
            throws IOException {
        Dialect dialect = part.dialect();
        CsvReader reader = new CsvReader(Encodings.reader(file, dialect), file.toString(), dialect);
        boolean more = true;
        while (more && reader.nextLine() <= dialect.skip()) {
            more = reader.skipLine();
        }
        if (dialect.header()) {
            reader.next();
        }
        return new CsvRecords(reader, file.toString(), part.columns().size(), ragged, rejects);
    }

    /** From now on, leaves out records of nothing but empty cells. */
    CsvRecords withoutHollow() {
        skipsHollow = true;
        return this;
    }

    /** Goes to the next good record; false at the end. */
    boolean next() throws IOException {
        if (pendingRecord) {
            return pending();
        }
        showingBlank = false;
        while (reader.next()) {
            if (reader.unclosed()) {
                reject("a quote is opened and never closed");
            } else if (reader.blank()) {
                blanks += width == 1 ? 1 : 0;
            } else if (skipsHollow && width > 1 && holdsNothing()) {
                hollow++;
            } else if (reader.holdsNul()) {
                reject("the line holds NUL characters");
            } else if (fits()) {
                shorter += reader.size() < width ? 1 : 0;
                pendingRecord = blanks > 0;
                return !pendingRecord || pending();
            } else {
                rejectWidth();
            }
        }
        return false;
    }

    private boolean holdsNothing() {
        for (int i = 0; i < reader.size(); i++) {
            if (!reader.empty(i) || reader.quoted(i)) {
                return false;
            }
        }
        return true;
    }

    /** Records so far of nothing but empty cells. */
    long hollow() {
        return hollow;
    }

    /** Good records so far that lack cells at the end. */
    long shorter() {
        return shorter;
    }

    private boolean pending() {
        showingBlank = blanks > 0;
        if (showingBlank) {
            blanks--;
        } else {
            pendingRecord = false;
        }
        return true;
    }

    /** The record gone to; its cells are valid until the next one. */
    CsvReader record() {
        return reader;
    }

    /** Whether the record stands for a blank line of a table with one column. */
    boolean blank() {
        return showingBlank;
    }

    private boolean fits() {
        int size = reader.size();
        if (size == width || (size < width && ragged)) {
            return true;
        }
        if (size < width) {
            return false;
        }
        for (int i = width; i < size; i++) {
            if (!reader.empty(i)) {
                return false;
            }
        }
        return true;
    }

    private void rejectWidth() {
        String reason = reader.size() + " cells (expected: " + width + ")";
        if (reader.severalLines()) {
            reader.keepFirstLine();
            reason += ", and a quote that is closed on a later line";
        }
        reject(reason);
    }

    private void reject(String reason) {
        rejects.accept(new Reject(file, reader.line(), reason, reader.text(Reject.LONGEST_TEXT)));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
