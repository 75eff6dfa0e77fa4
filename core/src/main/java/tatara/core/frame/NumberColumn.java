package tatara.core.frame;

/**
 * Numbers; NaN is missing.
 *
 * @param values one per row, not copied
 */
public record NumberColumn(double[] values) implements Column {
    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(values[row]);
    }

    @Override
    public Kind kind() {
        return Kind.NUMBER;
    }
}
