package tatara.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import tatara.core.error.TataraException;

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
    private final RecordCells cells = new RecordCells();
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
        cells.clear();
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
        cells.clear();
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
        return size() == 1 && !quoted(0) && empty(0);
    }

    int size() {
        return cells.size();
    }

    boolean quoted(int cell) {
        return cells.quoted(cell);
    }

    boolean empty(int cell) {
        return cells.start(cell) == cells.end(cell);
    }

    char[] characters(int cell) {
        return cells.copied(cell) ? cells.copies() : buffer;
    }

    int start(int cell) {
        return cells.start(cell);
    }

    int end(int cell) {
        return cells.end(cell);
    }

    String cell(int cell) {
        return new String(characters(cell), start(cell), end(cell) - start(cell));
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
            throw RecordFaults.unbalanced(name, line);
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
                    cells.add(begin + from, position, false, false);
                    return terminator();
                }
                position++;
            }
            if (!fill()) {
                cells.add(begin + from, position, false, false);
                return terminator();
            }
        }
    }

    /** Position of the quote that opens the cell, or -1. */
    private int openingQuote() throws IOException {
        for (int ahead = 0; quote != NONE && (position + ahead < limit || fill()); ahead++) {
            char c = buffer[position + ahead];
            if (c == quote) {
                return position + ahead;
            }
            if (c != ' ' || !spacedQuotes) {
                return -1;
            }
        }
        return -1;
    }

    private boolean quotedCell() throws IOException {
        int from = position - begin;
        boolean copied = false;
        int copyFrom = cells.copiesSize();
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
                cells.copy(buffer, begin + from, position - 1);
            }
            if (escaped) {
                c = buffer[position++];
            }
            if (copied) {
                cells.append((char) c);
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
                cells.add(copyFrom, cells.copiesSize(), true, true);
            } else {
                cells.add(begin + from, lastQuote(), true, false);
            }
            return terminator();
        }
        if (!copied) {
            cells.copy(buffer, begin + from, lastQuote());
        }
        while (c != END && c != delimiter && c != '\n' && c != '\r') {
            cells.append((char) c);
            position++;
            c = peek();
        }
        cells.add(copyFrom, cells.copiesSize(), true, true);
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

    /** Reads what ends a cell: true for a delimiter that another cell follows. */
    private boolean terminator() throws IOException {
        int c = peek();
        if (c == delimiter) {
            position++;
            if (!collapse) {
                return true;
            }
            while (peek() == ' ') {
                position++;
            }
            c = peek();
            if (c != END && c != '\n' && c != '\r') {
                return true;
            }
        }
        if (c == END) {
            nextLine++;
        } else {
            position++;
            lineEnd(c);
        }
        return false;
    }

    private void lineEnd(int c) throws IOException {
        if (c == '\r' && peek() == '\n') {
            position++;
        }
        nextLine++;
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
            cells.shift(begin);
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
        return RecordFaults.tooLong(name, line, longest);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
