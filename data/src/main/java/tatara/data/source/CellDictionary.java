package tatara.data.source;

import java.util.Arrays;
import tatara.core.frame.TextColumn;

/**
 * Builds a dictionary-coded column from ranges of characters, making a string only for a text that is new in the batch. Hash table with
 * open addressing and linear probing. Not thread-safe.
 */
final class CellDictionary {
    private static final int EMPTY = -1;

    private int[] slots;
    private int[] hashes = new int[64];
    private String[] dictionary = new String[64];
    private int distinct;
    private int[] codes;
    private int size;
    private long characters;

    CellDictionary(int rows) {
        codes = new int[rows];
        slots = new int[256];
        Arrays.fill(slots, EMPTY);
    }

    void addMissing() {
        codes[size++] = TextColumn.MISSING;
    }

    void add(char[] source, int start, int end) {
        codes[size++] = code(source, start, end);
    }

    /** Characters of the distinct texts. */
    long characters() {
        return characters;
    }

    private int code(char[] source, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + source[i];
        }
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >>> 13;
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (true) {
            int code = slots[slot];
            if (code == EMPTY) {
                return insert(slot, hash, new String(source, start, end - start));
            }
            if (hashes[code] == hash && same(dictionary[code], source, start, end)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static boolean same(String known, char[] source, int start, int end) {
        int length = end - start;
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != source[start + i]) {
                return false;
            }
        }
        return true;
    }

    private int insert(int slot, int hash, String text) {
        if (distinct == dictionary.length) {
            dictionary = Arrays.copyOf(dictionary, distinct * 2);
            hashes = Arrays.copyOf(hashes, distinct * 2);
        }
        slots[slot] = distinct;
        hashes[distinct] = hash;
        dictionary[distinct] = text;
        distinct++;
        characters += text.length();
        if (distinct * 2 > slots.length) {
            grow();
        }
        return distinct - 1;
    }

    private void grow() {
        slots = new int[slots.length * 4];
        Arrays.fill(slots, EMPTY);
        int mask = slots.length - 1;
        for (int code = 0; code < distinct; code++) {
            int slot = hashes[code] & mask;
            while (slots[slot] != EMPTY) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = code;
        }
    }

    /** The column of what was added; the builder starts anew. */
    TextColumn take() {
        TextColumn column = new TextColumn(Arrays.copyOf(codes, size), Arrays.copyOf(dictionary, distinct));
        Arrays.fill(slots, EMPTY);
        Arrays.fill(dictionary, null);
        distinct = 0;
        size = 0;
        characters = 0;
        return column;
    }
}
