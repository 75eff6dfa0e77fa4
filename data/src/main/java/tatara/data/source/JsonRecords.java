package tatara.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into JSON values: by lines, or, for an array of objects, by braces outside of strings. Holds one value in memory.
 * Not thread-safe.
 */
final class JsonRecords implements Closeable {
    private final Reader in;
    private final String name;
    private final boolean array;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int limit;
    private long line = 1;
    private long recordLine = 1;

    JsonRecords(Reader in, String name, boolean array) {
        this.in = in;
        this.name = name;
        this.array = array;
    }

    /** The text of the next value that is not blank, or null at the end. */
    @Nullable
    String next() throws IOException {
        String text = array ? nextElement() : nextLine();
        while (text != null && text.isBlank()) {
            text = array ? nextElement() : nextLine();
        }
        return text;
    }

    /** Physical line on which the value starts, from 1. */
    long line() {
        return recordLine;
    }

    private @Nullable String nextLine() throws IOException {
        recordLine = line;
        StringBuilder text = new StringBuilder();
        int c = read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            append(text, c);
            c = read();
        }
        return text.toString();
    }

    private @Nullable String nextElement() throws IOException {
        int c = read();
        while (c >= 0 && (c == '[' || c == ',' || c == ']' || Character.isWhitespace(c))) {
            c = read();
        }
        if (c < 0) {
            return null;
        }
        recordLine = line;
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean string = false;
        while (c >= 0) {
            append(text, c);
            if (string) {
                if (c == '\\') {
                    append(text, read());
                } else if (c == '"') {
                    string = false;
                }
            } else if (c == '"') {
                string = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth <= 0) {
                return text.toString();
            } else if (depth == 0 && c == ',') {
                return text.substring(0, text.length() - 1);
            }
            c = read();
        }
        return text.toString();
    }

    private void append(StringBuilder text, int c) {
        if (c < 0) {
            return;
        }
        if (text.length() >= CsvReader.LONGEST_RECORD) {
            throw RecordFaults.tooLong(name, recordLine, CsvReader.LONGEST_RECORD);
        }
        text.append((char) c);
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        char c = buffer[position++];
        line += c == '\n' ? 1 : 0;
        return c;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
