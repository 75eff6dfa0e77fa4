package tatara.model.transform;

import java.util.List;
import tatara.core.evidence.CellFormat;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;

/** A clipped number. */
final class NumberKernel implements ColumnKernel {
    private static final NumberText NUMBERS = new NumberText(CellFormat.plain());

    private final FittedColumn.Numeric fitted;
    private final double low;
    private final double high;

    NumberKernel(FittedColumn.Numeric fitted) {
        this.fitted = fitted;
        this.low = fitted.clipLow().orElse(Double.NEGATIVE_INFINITY);
        this.high = fitted.clipHigh().orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public List<OutputFeature> outputs() {
        return List.of(new OutputFeature(fitted.column(), fitted.column(), List.of(), false));
    }

    @Override
    public void apply(Column column, float[][] out, int first, int offset) {
        float[] target = out[first];
        if (column instanceof NumberColumn numbers) {
            double[] values = numbers.values();
            for (int row = 0; row < values.length; row++) {
                target[offset + row] = clipped(values[row]);
            }
        } else if (column instanceof TextColumn texts) {
            for (int row = 0; row < texts.size(); row++) {
                String text = texts.value(row);
                target[offset + row] = text == null ? Float.NaN : clipped(number(text));
            }
        } else {
            throw new IllegalArgumentException("column " + fitted.column() + ": a time (expected: a number)");
        }
    }

    private float clipped(double value) {
        if (Double.isInfinite(value)) {
            return Float.NaN;
        }
        return ColumnKernel.finite(Math.max(low, Math.min(high, value)));
    }

    private static double number(String text) {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> NUMBERS.parse(Space.trim(text));
        };
    }
}
