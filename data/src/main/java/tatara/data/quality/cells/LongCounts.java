package tatara.data.quality.cells;

import java.util.Arrays;

/** Counts of non-negative numbers by open addressing. Not thread-safe while counting. */
final class LongCounts {
    private long[] keys;
    private int[] counts;
    private int size;

    LongCounts(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected) * 2 - 1) * 2;
        keys = new long[capacity];
        counts = new int[capacity];
        Arrays.fill(keys, -1);
    }

    /** Adds one to a number's count. */
    void add(long key) {
        int slot = place(key);
        counts[slot]++;
    }

    /** Sets a number's count. */
    void set(long key, int count) {
        int slot = place(key);
        counts[slot] = count;
    }

    private int place(long key) {
        if (2 * size > keys.length) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] < 0) {
            keys[slot] = key;
            size++;
        }
        return slot;
    }

    int count(long key) {
        int slot = slot(key);
        return keys[slot] < 0 ? 0 : counts[slot];
    }

    /** Distinct numbers. */
    int size() {
        return size;
    }

    /** Takes every number with its count, in an order that depends on nothing but the numbers added. */
    void forEach(Visitor visitor) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] >= 0) {
                visitor.visit(keys[slot], counts[slot]);
            }
        }
    }

    /** Takes a number and its count. */
    interface Visitor {
        void visit(long key, int count);
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (Mix.of(17, key) & mask);
        while (keys[slot] >= 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new int[keys.length];
        Arrays.fill(keys, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] >= 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
