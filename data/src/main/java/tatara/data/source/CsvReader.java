package tatara.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.DataErrorCode;

/**
 * Splits delimited text into records and cells (RFC 4180, leniently: a quote inside an unquoted cell is a character, text after a closing
 * quote belongs to the cell). Holds one record in memory; lines end with LF, CR LF or CR. A quote that never closes does not swallow the
 * rest: the line it stands on is one bad record, and reading goes on with the next line.
 *
 * <p>Cells are ranges of characters, valid until {@link #next}. Not thread-safe.
 */
final class CsvReader implements Closeable {
    /** Characters that one record may have. */
    static final int LONGEST_RECORD = 16 * 1024 * 1024;

    private static final long MOST_REREAD = 8L * LONGEST_RECORD;
    private static final int NONE = -2;
    private static final int END = -1;

    private final Reader in;
    private final String name;
    private final int longest;
    private final long mostReread;
    private final int delimiter;
    private final int quote;
    private final int escape;
    private final boolean spacedQuotes;
    private final boolean collapse;

    private char[] buffer = new char[1 << 16];
    private int begin;
    private int position;
    private int limit;
    private boolean ended;
    private char[] scratch = new char[256];
    private int scratchSize;

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] quotedCells = new boolean[64];
    private boolean[] scratched = new boolean[64];
    private int size;
    private long line = 1;
    private long nextLine = 1;
    private long reread;
    private boolean unclosed;
    private boolean inQuotes;

    /** @param name the file, for messages */
    CsvReader(Reader in, String name, Dialect dialect) {
        this(in, name, dialect, LONGEST_RECORD, MOST_REREAD);
    }

    /**
     * @param longest characters that one record may have
     * @param mostReread characters that may be read twice on account of quotes that do not close
     */
    CsvReader(Reader in, String name, Dialect dialect, int longest, long mostReread) {
        this.in = in;
        this.name = name;
        this.longest = longest;
        this.mostReread = mostReread;
        this.delimiter = only(dialect.delimiter());
        this.quote = only(dialect.quote());
        this.escape = only(dialect.escape());
        this.spacedQuotes = dialect.spacedQuotes();
        this.collapse = delimiter == ' ';
    }

    private static int only(String text) {
        return text.isEmpty() ? NONE : text.charAt(0);
    }

    /**
     * Reads the next record, which may be blank or {@link #unclosed}; false at the end.
     *
     * @throws TataraException {@code RECORD_TOO_LONG} with file and line
     */
    boolean next() throws IOException {
        begin = position;
        line = nextLine;
        size = 0;
        scratchSize = 0;
        unclosed = false;
        if (peek() == END) {
            return false;
        }
        boolean more = true;
        while (more) {
            more = cell();
            if (unclosed) {
                keepFirstLine();
                return true;
            }
        }
        return true;
    }

    /** Physical line on which the record starts, from 1. */
    long line() {
        return line;
    }

    /** Physical line on which the next record starts. */
    long nextLine() {
        return nextLine;
    }

    /** Passes over one physical line; false at the end. */
    boolean skipLine() throws IOException {
        begin = position;
        size = 0;
        int c = peek();
        while (c != END && c != '\n' && c != '\r') {
            position++;
            c = peek();
        }
        if (c == END) {
            return false;
        }
        position++;
        lineEnd(c);
        return true;
    }

    /** Whether the record goes over several lines. */
    boolean severalLines() {
        return nextLine > line + 1;
    }

    /** Whether the record has a quote that is never closed; its cells mean nothing then. */
    boolean unclosed() {
        return unclosed;
    }

    /** Whether the line holds nothing at all. */
    boolean blank() {
        return size == 1 && !quotedCells[0] && starts[0] == ends[0];
    }

    int size() {
        return size;
    }

    boolean quoted(int cell) {
        return quotedCells[cell];
    }

    int length(int cell) {
        return ends[cell] - starts[cell];
    }

    boolean empty(int cell) {
        return ends[cell] == starts[cell];
    }

    char[] characters(int cell) {
        return scratched[cell] ? scratch : buffer;
    }

    int start(int cell) {
        return starts[cell];
    }

    int end(int cell) {
        return ends[cell];
    }

    String cell(int cell) {
        return new String(characters(cell), starts[cell], ends[cell] - starts[cell]);
    }

    /** The record as it stands in the file, without the line end, cut to a length. */
    String text(int most) {
        int end = position;
        while (end > begin && (buffer[end - 1] == '\n' || buffer[end - 1] == '\r')) {
            end--;
        }
        return new String(buffer, begin, Math.min(end - begin, most));
    }

    /** Whether any character of the record is NUL. */
    boolean holdsNul() {
        for (int i = begin; i < position; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Takes only the record's first physical line as read; what follows is read again as records of its own. */
    void keepFirstLine() {
        int at = begin;
        while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
            at++;
        }
        int lineEnd = at;
        if (at < limit) {
            at += buffer[at] == '\r' && at + 1 < limit && buffer[at + 1] == '\n' ? 2 : 1;
        }
        if (lineEnd - begin >= longest) {
            throw tooLong();
        }
        reread += position - at;
        if (reread > mostReread) {
            throw new TataraException(
                    DataErrorCode.SOURCE_MALFORMED,
                    Fault.of("quotes are opened and not closed, again and again")
                            .at(name + ":" + line)
                            .expecting("each quoted cell closed by the same quote, quotes inside doubled")
                            .todo("Mend the quotes of the file"));
        }
        position = at;
        nextLine = line + 1;
    }

    /** Reads a cell and what ends it; true if another cell follows. */
    private boolean cell() throws IOException {
        if (collapse) {
            while (peek() == ' ') {
                position++;
            }
        }
        int opening = openingQuote();
        if (opening >= 0) {
            position = opening + 1;
            inQuotes = true;
            boolean more = quotedCell();
            inQuotes = false;
            return more;
        }
        int from = position - begin;
        while (true) {
            while (position < limit) {
                char c = buffer[position];
                if (c == delimiter || c == '\n' || c == '\r') {
                    add(begin + from, position, false, false);
                    return terminator();
                }
                position++;
            }
            if (!fill()) {
                add(begin + from, position, false, false);
                return terminator();
            }
        }
    }

    private int openingQuote() throws IOException {
        if (quote == NONE) {
            return -1;
        }
        if (peek() == quote) {
            return position;
        }
        if (!spacedQuotes) {
            return -1;
        }
        int ahead = 0;
        while (true) {
            if (position + ahead >= limit && !fill()) {
                return -1;
            }
            char c = buffer[position + ahead];
            if (c == quote) {
                return position + ahead;
            }
            if (c != ' ') {
                return -1;
            }
            ahead++;
        }
    }

    private boolean quotedCell() throws IOException {
        int from = position - begin;
        boolean copied = false;
        int copyFrom = scratchSize;
        while (true) {
            int c = peek();
            if (c == END) {
                unclosed = true;
                return false;
            }
            position++;
            if (c == '\n' || (c == '\r' && peek() != '\n')) {
                nextLine++;
            }
            boolean escaped = false;
            if (c == escape && escape != quote) {
                int following = peek();
                escaped = following == quote || following == escape;
            } else if (c == quote) {
                escaped = escape == quote && peek() == quote;
                if (!escaped) {
                    return closed(from, copied, copyFrom);
                }
            }
            if (escaped && !copied) {
                copied = true;
                copy(begin + from, position - 1);
            }
            if (escaped) {
                c = buffer[position++];
            }
            if (copied) {
                append((char) c);
            }
        }
    }

    /** After the closing quote, which was just read. */
    private boolean closed(int from, boolean copied, int copyFrom) throws IOException {
        inQuotes = false;
        int c = peek();
        if (collapse || spacedQuotes) {
            while (c == ' ' && delimiter != ' ') {
                position++;
                c = peek();
            }
        }
        if (c == END || c == delimiter || c == '\n' || c == '\r') {
            if (copied) {
                add(copyFrom, scratchSize, true, true);
            } else {
                add(begin + from, lastQuote(), true, false);
            }
            return terminator();
        }
        if (!copied) {
            copy(begin + from, lastQuote());
        }
        while (c != END && c != delimiter && c != '\n' && c != '\r') {
            append((char) c);
            position++;
            c = peek();
        }
        add(copyFrom, scratchSize, true, true);
        return terminator();
    }

    /** Position of the closing quote behind which only spaces were read. */
    private int lastQuote() {
        int at = position - 1;
        while (buffer[at] != quote) {
            at--;
        }
        return at;
    }

    /** Reads what ends a cell: true for a delimiter. */
    private boolean terminator() throws IOException {
        int c = peek();
        if (c == END) {
            nextLine++;
            return false;
        }
        position++;
        if (c == delimiter) {
            if (collapse) {
                while (peek() == ' ') {
                    position++;
                }
                int following = peek();
                return (following != END && following != '\n' && following != '\r') || endOfLine();
            }
            return true;
        }
        lineEnd(c);
        return false;
    }

    private boolean endOfLine() throws IOException {
        int c = peek();
        if (c != END) {
            position++;
            lineEnd(c);
        } else {
            nextLine++;
        }
        return false;
    }

    private void lineEnd(int c) throws IOException {
        if (c == '\r' && peek() == '\n') {
            position++;
        }
        nextLine++;
    }

    private void add(int start, int end, boolean wasQuoted, boolean inScratch) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            quotedCells = Arrays.copyOf(quotedCells, size * 2);
            scratched = Arrays.copyOf(scratched, size * 2);
        }
        starts[size] = start;
        ends[size] = end;
        quotedCells[size] = wasQuoted;
        scratched[size] = inScratch;
        size++;
    }

    private void copy(int start, int end) {
        for (int i = start; i < end; i++) {
            append(buffer[i]);
        }
    }

    private void append(char c) {
        if (scratchSize == scratch.length) {
            scratch = Arrays.copyOf(scratch, scratchSize * 2);
        }
        scratch[scratchSize++] = c;
    }

    private int peek() throws IOException {
        return position < limit || fill() ? buffer[position] : END;
    }

    /** Reads more characters behind the limit; the record's start moves to the front, and its cells with it. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, limit - begin);
            for (int i = 0; i < size; i++) {
                if (!scratched[i]) {
                    starts[i] -= begin;
                    ends[i] -= begin;
                }
            }
            position -= begin;
            limit -= begin;
            begin = 0;
        }
        if (limit == buffer.length) {
            if (limit >= longest && inQuotes) {
                return false;
            }
            if (limit >= longest) {
                throw tooLong();
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(longest, 2L * limit));
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            ended = true;
            return false;
        }
        limit += count;
        return count > 0 || fill();
    }

    private TataraException tooLong() {
        return new TataraException(
                DataErrorCode.RECORD_TOO_LONG,
                Fault.of("a record is longer than " + longest + " characters")
                        .at(name + ":" + line)
                        .expecting("a table with one record a line")
                        .todo("Check that this is the right file, and that its lines end and its quotes close"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The cell, or null if there is no such cell or it is empty and not quoted. */
    @Nullable
    String valueOrNull(int cell) {
        return cell >= size || (empty(cell) && !quoted(cell)) ? null : cell(cell);
    }
}
