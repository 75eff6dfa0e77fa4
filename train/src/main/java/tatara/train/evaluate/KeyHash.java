package tatara.train.evaluate;

import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/** Row keys as numbers: 64-bit hashes that do not depend on batches, and times in order. */
public final class KeyHash {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private KeyHash() {}

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    public static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A number in [0, 1) for a position. */
    static double uniform(long seed, long position) {
        return (mix(mix(seed) ^ mix(position)) >>> 11) * 0x1p-53;
    }

    /** The hash of a row's value, the same in every batch; never {@link Splits#MISSING} but for a missing value. */
    public static long of(Column column, int row) {
        if (column.isMissing(row)) {
            return Splits.MISSING;
        }
        long hash;
        if (column instanceof NumberColumn numbers) {
            hash = mix(Double.doubleToLongBits(numbers.values()[row] + 0.0));
        } else if (column instanceof TimeColumn times) {
            hash = mix(times.micros()[row]);
        } else {
            hash = text(((TextColumn) column).dictionary()[((TextColumn) column).codes()[row]]);
        }
        return hash == Splits.MISSING ? 0 : hash;
    }

    private static long text(String value) {
        long hash = FNV_BASIS;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** A number or time as a long in the same order; a text as its hash; {@link Splits#MISSING} if missing. */
    public static long ordered(Column column, int row) {
        if (column.isMissing(row)) {
            return Splits.MISSING;
        }
        if (column instanceof TimeColumn times) {
            return times.micros()[row];
        }
        if (column instanceof NumberColumn numbers) {
            long bits = Double.doubleToLongBits(numbers.values()[row] + 0.0);
            return bits ^ ((bits >> 63) & Long.MAX_VALUE);
        }
        return of(column, row);
    }
}
