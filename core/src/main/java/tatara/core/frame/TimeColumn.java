package tatara.core.frame;

/**
 * Instants.
 *
 * @param micros microseconds since the epoch, UTC; {@link #MISSING} for missing; not copied
 */
public record TimeColumn(long[] micros) implements Column {
    public static final long MISSING = Long.MIN_VALUE;

    @Override
    public int size() {
        return micros.length;
    }

    @Override
    public boolean isMissing(int row) {
        return micros[row] == MISSING;
    }

    @Override
    public Kind kind() {
        return Kind.TIME;
    }
}
