package tatara.data.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableShape;
import tatara.core.evidence.TableShape.ColumnShape;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.Lake;

/** Measures the shape of tables (D2, D5). The same rows give the same shape. Thread-safe. */
public final class Shapes {
    private static final int MOST_VALUES = 200;

    private final Lake lake;

    public Shapes(Lake lake) {
        this.lake = lake;
    }

    /** @param readings how cells are read; columns that the table lacks are left out */
    public TableShape measure(String name, TableRef table, List<CellReading> readings) {
        return of(name, RowSample.of(lake, table, readings));
    }

    static TableShape of(String name, RowSample sample) {
        List<ColumnShape> columns =
                sample.columns().stream().map(Shapes::column).toList();
        return new TableShape(
                name, sample.total(), sample.rows(), columns, new Relations(sample).find(), Pairs.of(sample, columns));
    }

    private static ColumnShape column(SampledColumn column) {
        return column.isNumeric() ? numbers(column) : texts(column);
    }

    private static ColumnShape numbers(SampledColumn column) {
        double[] sorted = column.sorted();
        long distinct = 0;
        long singletons = 0;
        for (int i = 0; i < sorted.length; ) {
            int end = i;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                end++;
            }
            distinct++;
            singletons += end - i == 1 ? 1 : 0;
            i = end;
        }
        double[] extremes = sorted.length < 2
                ? sorted.clone()
                : new double[] {sorted[0], sorted[1], sorted[sorted.length - 2], sorted[sorted.length - 1]};
        List<ValueCount> values = new ArrayList<>();
        if (distinct <= MOST_VALUES && column.type() == ColumnType.INTEGER) {
            for (int i = 0; i < sorted.length; ) {
                int end = i;
                while (end < sorted.length && sorted[end] == sorted[i]) {
                    end++;
                }
                values.add(new ValueCount(plain(sorted[i]), end - i));
                i = end;
            }
        }
        return new ColumnShape(
                column.name(),
                column.type(),
                sorted.length,
                column.missing(),
                distinct,
                singletons,
                0,
                0,
                "",
                column.invalid(),
                0,
                extremes,
                mostFrequent(values),
                Distributions.of(column));
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static ColumnShape texts(SampledColumn column) {
        long[] counts = column.counts();
        Forms forms = new Forms();
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        long present = 0;
        List<ValueCount> values = new ArrayList<>();
        for (int code = 0; code < counts.length; code++) {
            String text = column.dictionary()[code];
            long length = text.codePointCount(0, text.length());
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            present += counts[code];
            forms.add(text, counts[code]);
            if (counts.length <= MOST_VALUES) {
                values.add(new ValueCount(text, counts[code]));
            }
        }
        Forms.Found form = present == 0 ? new Forms.Found("", 0, 0) : forms.found();
        return new ColumnShape(
                column.name(),
                column.type(),
                present,
                column.missing(),
                counts.length,
                Arrays.stream(counts).filter(count -> count == 1).count(),
                counts.length == 0 ? 0 : shortest,
                longest,
                form.pattern(),
                form.misfits(),
                form.forms(),
                new double[0],
                mostFrequent(values),
                Distributions.of(column));
    }

    private static List<ValueCount> mostFrequent(List<ValueCount> values) {
        return values.stream()
                .sorted(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value))
                .toList();
    }
}
