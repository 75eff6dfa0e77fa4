package tatara.data.lake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.TextColumn;

/** Builds a dictionary-coded column row by row: open addressing, linear probing. Not thread-safe. */
public final class TextBuilder {
    private int[] slots = new int[64];
    private String[] dictionary = new String[32];
    private int distinct;
    private int[] codes;
    private int size;
    private long characters;

    /** @param capacity expected number of rows */
    public TextBuilder(int capacity) {
        codes = new int[capacity];
    }

    /** Adds a row; null is missing. */
    public void add(@Nullable String value) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, Math.max(16, size * 2));
        }
        codes[size++] = value == null ? TextColumn.MISSING : code(value);
    }

    private int code(String value) {
        int mask = slots.length - 1;
        int slot = slot(value, mask);
        while (slots[slot] != 0) {
            int code = slots[slot] - 1;
            if (dictionary[code].equals(value)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
        if (distinct == dictionary.length) {
            grow();
            return code(value);
        }
        dictionary[distinct++] = value;
        slots[slot] = distinct;
        characters += value.length();
        return distinct - 1;
    }

    /** Slots hold code + 1, so that 0 is free; at most half of them are taken. */
    private void grow() {
        dictionary = Arrays.copyOf(dictionary, distinct * 2);
        slots = new int[dictionary.length * 2];
        int mask = slots.length - 1;
        for (int code = 0; code < distinct; code++) {
            int slot = slot(dictionary[code], mask);
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = code + 1;
        }
    }

    private static int slot(String value, int mask) {
        int hash = value.hashCode() * 0x9e3779b9;
        return (hash ^ hash >>> 16) & mask;
    }

    public int size() {
        return size;
    }

    /** Characters of the distinct texts so far. */
    public long characters() {
        return characters;
    }

    /** The column of all rows added; the builder is not to be used afterwards. */
    public TextColumn build() {
        int[] rows = size == codes.length ? codes : Arrays.copyOf(codes, size);
        return new TextColumn(rows, Arrays.copyOf(dictionary, distinct));
    }
}
