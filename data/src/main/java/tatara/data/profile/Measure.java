package tatara.data.profile;

/**
 * Counts and ranges of a column.
 *
 * @param present rows with a text that does not mean missing
 * @param valid of those, rows whose text fits the reading
 * @param rivalValid rows whose text fits the rival format
 * @param texts distinct texts
 * @param values distinct values
 * @param min least value, NaN if none; times in microseconds since 1970
 * @param max greatest value, NaN if none
 * @param whole values that are whole numbers
 * @param midnights values that are whole days
 * @param zeros values that are 0
 * @param negatives values below 0
 */
record Measure(
        long present,
        long valid,
        long rivalValid,
        long texts,
        long values,
        double min,
        double max,
        long whole,
        long midnights,
        long zeros,
        long negatives) {
    static final Measure NONE = new Measure(0, 0, 0, 0, 0, Double.NaN, Double.NaN, 0, 0, 0, 0);

    Measure less(long missing) {
        return new Measure(
                present - missing, valid, rivalValid, texts, values, min, max, whole, midnights, zeros, negatives);
    }
}
