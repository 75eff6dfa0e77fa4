package tatara.model.forecast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.prediction.Predictions;

/** One request: which steps of which series its rows ask for, and their answer. */
final class RequestedSteps {
    private final ForecastModel model;
    private final Frame rows;
    private final int[] series;
    private final int[] ahead;

    RequestedSteps(ForecastModel model, Frame rows) {
        this.model = model;
        this.rows = rows;
        this.series = new int[rows.rows()];
        this.ahead = new int[rows.rows()];
        findSeries();
        findSteps();
    }

    Predictions predict() {
        int count = rows.rows();
        double[] values = new double[count];
        double[] lower = new double[count];
        double[] upper = new double[count];
        int[][] bySeries = rowsBySeries();
        for (int number = 0; number < bySeries.length; number++) {
            if (bySeries[number].length > 0) {
                double[] path = model.path(number, known(bySeries[number]));
                for (int row : bySeries[number]) {
                    double value = path[ahead[row] - 1];
                    double half = model.halfWidth(number, ahead[row]);
                    boolean floor = model.series().get(number).nonNegative();
                    values[row] = value;
                    lower[row] = floor ? Math.max(0, value - half) : value - half;
                    upper[row] = value + half;
                }
            }
        }
        return new Predictions(count, List.of(), values, List.of(), new double[0][], lower, upper);
    }

    private void findSeries() {
        Optional<String> name = model.seriesColumn();
        if (name.isEmpty()) {
            return;
        }
        Column cells = column(name.get())
                .orElseThrow(() -> missing("The column '" + name.get() + "' is missing", "it names the series"));
        for (int row = 0; row < series.length; row++) {
            series[row] = model.find(SeriesNames.text(cells, row));
        }
    }

    private void findSteps() {
        Optional<Column> cells = column(model.positionColumn());
        if (cells.isEmpty()) {
            if (model.layout().positionColumn().isPresent()) {
                String name = model.positionColumn();
                throw missing("The column '" + name + "' is missing", "it tells which steps are wanted");
            }
            int[] next = new int[model.series().size()];
            for (int row = 0; row < ahead.length; row++) {
                ahead[row] = checked(row, ++next[series[row]]);
            }
            return;
        }
        for (int row = 0; row < ahead.length; row++) {
            long position = position(cells.get(), row);
            long end = model.series().get(series[row]).end();
            ahead[row] = checked(row, model.layout().grid().stepsBetween(end, position));
        }
    }

    private long position(Column cells, int row) {
        if (!cells.isMissing(row) && cells instanceof TimeColumn times && model.timed()) {
            return times.micros()[row];
        }
        if (!cells.isMissing(row) && cells instanceof NumberColumn numbers && !model.timed()) {
            double value = numbers.values()[row] * TimeGrid.UNIT;
            if (Math.abs(value) < Long.MAX_VALUE / 4.0) {
                return Math.round(value);
            }
        }
        String kind = model.timed() ? "a time" : "a step number";
        throw missing("Row " + row + " of the column '" + model.positionColumn() + "' holds no usable value", kind);
    }

    private int checked(int row, long steps) {
        int reach = ForecastModel.REACH * model.horizon();
        if (steps >= 1 && steps <= reach) {
            return (int) steps;
        }
        SeriesState state = model.series().get(series[row]);
        String problem = steps < 1
                ? "Row " + row + " asks for a time that is not after the last one the model has seen"
                : "Row " + row + " asks for " + steps + " steps ahead";
        throw new TataraException(
                ForecastErrorCode.STEP_OUT_OF_REACH,
                Fault.of(problem)
                        .at(state.name().isEmpty() ? "" : "series '" + state.name() + "'")
                        .expecting("1 to " + reach + " steps after " + shown(state.end()) + ", the last one seen")
                        .todo("Ask for steps within reach, or train again with newer data"));
    }

    private String shown(long position) {
        return model.timed()
                ? TimeGrid.dateTime(position).toString()
                : "step " + SeriesNames.text(new NumberColumn(new double[] {(double) position / TimeGrid.UNIT}), 0);
    }

    private int[][] rowsBySeries() {
        int[] counts = new int[model.series().size()];
        for (int number : series) {
            counts[number]++;
        }
        int[][] grouped = new int[counts.length][];
        for (int number = 0; number < counts.length; number++) {
            grouped[number] = new int[counts[number]];
            counts[number] = 0;
        }
        for (int row = 0; row < series.length; row++) {
            grouped[series[row]][counts[series[row]]++] = row;
        }
        return grouped;
    }

    private double[][] known(int[] asked) {
        int steps = 0;
        for (int row : asked) {
            steps = Math.max(steps, ahead[row]);
        }
        List<KnownInput> inputs = model.layout().known();
        double[][] known = new double[steps][KnownInput.width(inputs)];
        int offset = 0;
        for (KnownInput input : inputs) {
            for (double[] step : known) {
                input.encodeMissing(step, offset);
            }
            Optional<Column> cells = column(input.column());
            if (cells.isPresent()) {
                for (int row : asked) {
                    input.encode(cells.get(), row, known[ahead[row] - 1], offset);
                }
            }
            offset += input.width();
        }
        return known;
    }

    private Optional<Column> column(String name) {
        OptionalInt index = rows.schema().indexOf(name);
        return index.isPresent() ? Optional.of(rows.column(index.getAsInt())) : Optional.empty();
    }

    private static TataraException missing(String what, String expected) {
        return new TataraException(
                ForecastErrorCode.MISSING_INPUT,
                Fault.of(what).expecting(expected).todo("Add it to each row to predict"));
    }
}
