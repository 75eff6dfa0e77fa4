package tatara.model.transform;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tatara.core.design.FeatureDesign.Part;
import tatara.core.frame.Column;
import tatara.core.frame.TimeColumn;

/** Computes the features of one column. Immutable, thread-safe. */
interface ColumnKernel {
    /** Numbers of greater size become this, so that they stay finite as floats and in sums of floats. */
    float GREATEST = 1e30f;

    List<OutputFeature> outputs();

    /**
     * @param out [feature][row] of the whole vector
     * @param first index of this column's first feature
     * @param offset row that the column's first row is written to
     */
    void apply(Column column, float[][] out, int first, int offset);

    static ColumnKernel of(FittedColumn fitted) {
        if (fitted instanceof FittedColumn.Numeric number) {
            return new NumberKernel(number);
        }
        if (fitted instanceof FittedColumn.Category category) {
            return new CategoryKernel(category);
        }
        if (fitted instanceof FittedColumn.Calendar time) {
            return new CalendarKernel(time);
        }
        return new TextKernel((FittedColumn.Text) fitted);
    }

    /** A finite float, or NaN for NaN and infinities. */
    static float finite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Float.NaN;
        }
        return (float) Math.max(-GREATEST, Math.min(GREATEST, value));
    }

    /** Calendar parts. */
    record CalendarKernel(FittedColumn.Calendar fitted) implements ColumnKernel {
        private static final long SECOND = 1_000_000;
        private static final long DAY = 86_400 * SECOND;

        @Override
        public List<OutputFeature> outputs() {
            List<OutputFeature> outputs = new ArrayList<>();
            for (Part part : fitted.parts()) {
                String name = fitted.column() + ":"
                        + part.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
                outputs.add(new OutputFeature(name, fitted.column(), List.of(), false));
            }
            return outputs;
        }

        @Override
        public void apply(Column column, float[][] out, int first, int offset) {
            long[] micros = ((TimeColumn) column).micros();
            for (int row = 0; row < micros.length; row++) {
                boolean missing = column.isMissing(row);
                long day = Math.floorDiv(micros[row], DAY);
                LocalDate date = missing ? LocalDate.EPOCH : LocalDate.ofEpochDay(day);
                for (int i = 0; i < fitted.parts().size(); i++) {
                    out[first + i][offset + row] = missing
                            ? Float.NaN
                            : part(fitted.parts().get(i), micros[row], date, micros[row] - day * DAY);
                }
            }
        }

        private float part(Part part, long micros, LocalDate date, long ofDay) {
            return switch (part) {
                case ELAPSED -> finite(((double) micros - fitted.origin()) / SECOND);
                case YEAR -> date.getYear();
                case MONTH -> date.getMonthValue();
                case DAY_OF_MONTH -> date.getDayOfMonth();
                case DAY_OF_WEEK -> date.getDayOfWeek().getValue();
                case DAY_OF_YEAR -> date.getDayOfYear();
                case HOUR -> (int) (ofDay / (3600 * SECOND));
            };
        }
    }
}
