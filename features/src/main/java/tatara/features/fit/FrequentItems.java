package tatara.features.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of many strings in bounded memory. Exact up to {@code most} distinct ones; beyond that, the rarer half is forgotten
 * each time the table is full, so that a count is too low by {@link #greatestError()} at most (after lossy counting, Manku and
 * Motwani, VLDB 2002). Not thread-safe.
 */
final class FrequentItems {
    private final int most;
    private final Map<String, long[]> counts = new HashMap<>();
    private long forgotten;

    /** An item and how often it was seen. */
    record Item(String value, long count) {}

    FrequentItems(int most) {
        this.most = most;
    }

    void add(String value, long count) {
        counts.computeIfAbsent(value, absent -> new long[1])[0] += count;
        if (counts.size() > most) {
            forgetRare();
        }
    }

    private void forgetRare() {
        long[] sorted = counts.values().stream().mapToLong(count -> count[0]).toArray();
        Arrays.sort(sorted);
        long least = sorted[sorted.length / 2];
        counts.values().removeIf(count -> count[0] <= least);
        forgotten += least;
    }

    /** How much a count can be too low. */
    long greatestError() {
        return forgotten;
    }

    /** The most frequent items with at least so many occurrences, most frequent first, then by name. */
    List<Item> top(int limit, long least) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue()[0] >= least)
                .map(entry -> new Item(entry.getKey(), entry.getValue()[0]))
                .sorted(Comparator.comparingLong(Item::count).reversed().thenComparing(Item::value))
                .limit(limit)
                .toList();
    }
}
