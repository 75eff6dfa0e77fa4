package tatara.data.source;

import java.util.Arrays;

/**
 * Where the cells of one record are: in the reader's buffer, or, if they had to be unescaped, among copies kept here. Not
 * thread-safe.
 */
final class RecordCells {
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] quoted = new boolean[64];
    private boolean[] copied = new boolean[64];
    private int size;
    private char[] copies = new char[256];
    private int copiesSize;

    void clear() {
        size = 0;
        copiesSize = 0;
    }

    void add(int start, int end, boolean wasQuoted, boolean isCopied) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            quoted = Arrays.copyOf(quoted, size * 2);
            copied = Arrays.copyOf(copied, size * 2);
        }
        starts[size] = start;
        ends[size] = end;
        quoted[size] = wasQuoted;
        copied[size] = isCopied;
        size++;
    }

    /** Says that the buffer's characters moved to the front by so many. */
    void shift(int by) {
        for (int i = 0; i < size; i++) {
            if (!copied[i]) {
                starts[i] -= by;
                ends[i] -= by;
            }
        }
    }

    void copy(char[] source, int start, int end) {
        for (int i = start; i < end; i++) {
            append(source[i]);
        }
    }

    void append(char c) {
        if (copiesSize == copies.length) {
            copies = Arrays.copyOf(copies, copiesSize * 2);
        }
        copies[copiesSize++] = c;
    }

    int size() {
        return size;
    }

    int start(int cell) {
        return starts[cell];
    }

    int end(int cell) {
        return ends[cell];
    }

    boolean quoted(int cell) {
        return quoted[cell];
    }

    boolean copied(int cell) {
        return copied[cell];
    }

    char[] copies() {
        return copies;
    }

    int copiesSize() {
        return copiesSize;
    }
}
