package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.forecast.ForecastModel;
import tatara.model.forecast.TimeGrid;

/**
 * Forecasts of the hold-out, and what the naive methods say there.
 *
 * @param parts one per series of the set; without steps for series that are too short to hold anything out
 */
record HoldoutForecasts(List<Part> parts) {

    /**
     * One series.
     *
     * @param end length of its training part
     * @param actual true values after it
     * @param observed which of them were observed
     * @param forecast the ensemble's
     * @param half half width of the 90 % interval
     * @param floor least value that intervals reach down to
     * @param naive forecasts of each {@link NaiveMethod}
     * @param scale of MASE, from the training part
     */
    record Part(
            int end,
            double[] actual,
            boolean[] observed,
            double[] forecast,
            double[] half,
            double floor,
            double[][] naive,
            double scale) {
        double lower(int step) {
            return Math.max(floor, forecast[step] - half[step]);
        }

        double upper(int step) {
            return forecast[step] + half[step];
        }
    }

    static HoldoutForecasts of(
            ForecastModel model, SeriesSet set, CandidateSet candidates, WindowPlan plan, InParallel parallel) {
        Part[] parts = new Part[set.series().size()];
        parallel.each(parts.length, number -> {
            int end = plan.trainEnd()[number];
            int steps = plan.held()[number];
            Series series = set.series().get(number);
            double[] half = new double[steps];
            double[] forecast = model.path(number, candidates.known(number, end, steps));
            for (int step = 0; step < steps; step++) {
                half[step] = model.halfWidth(number, step + 1);
            }
            parts[number] = new Part(
                    end,
                    Arrays.copyOfRange(series.values(), end, end + steps),
                    Arrays.copyOfRange(series.observed(), end, end + steps),
                    forecast,
                    half,
                    model.series().get(number).nonNegative() ? 0 : Double.NEGATIVE_INFINITY,
                    naive(Arrays.copyOf(series.values(), end), steps, candidates.basePeriod()),
                    Accuracy.scale(series.values(), end, candidates.basePeriod()));
        });
        return new HoldoutForecasts(List.of(parts));
    }

    private static double[][] naive(double[] values, int steps, int period) {
        NaiveMethod[] methods = NaiveMethod.values();
        double[][] forecasts = new double[methods.length][steps];
        for (int i = 0; i < methods.length; i++) {
            methods[i].path(values, period, forecasts[i]);
        }
        return forecasts;
    }

    /** The observed steps as rows. */
    Frame frame(SeriesSet set) {
        List<int[]> rows = new ArrayList<>();
        for (int number = 0; number < parts.size(); number++) {
            for (int step = 0; step < parts.get(number).actual().length; step++) {
                if (parts.get(number).observed()[step]) {
                    rows.add(new int[] {number, step});
                }
            }
        }
        int count = rows.size();
        long[] positions = new long[count];
        double[][] numbers = new double[6][count];
        for (int row = 0; row < count; row++) {
            int step = rows.get(row)[1];
            Part part = parts.get(rows.get(row)[0]);
            positions[row] = set.grid().ahead(set.series().get(rows.get(row)[0]).start(), (long) part.end() + step);
            numbers[0][row] = step + 1.0;
            numbers[1][row] = part.actual()[step];
            numbers[2][row] = part.forecast()[step];
            numbers[3][row] = part.lower(step);
            numbers[4][row] = part.upper(step);
            numbers[5][row] = part.scale();
        }
        Column names =
                TextColumn.of(count, row -> set.series().get(rows.get(row)[0]).name());
        return frame(names, positions, set.grid().timed(), numbers);
    }

    private static Frame frame(Column series, long[] positions, boolean timed, double[][] numbers) {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("series", Kind.TEXT), new Field(timed ? "time" : "step", timed ? Kind.TIME : Kind.NUMBER)));
        List<Column> columns = new ArrayList<>();
        columns.add(series);
        columns.add(
                timed
                        ? new TimeColumn(positions)
                        : new NumberColumn(Arrays.stream(positions)
                                .mapToDouble(at -> (double) at / TimeGrid.UNIT)
                                .toArray()));
        String[] names = {"ahead", "actual", "prediction", "lower", "upper", "scale"};
        for (int i = 0; i < names.length; i++) {
            fields.add(new Field(names[i], Kind.NUMBER));
            columns.add(new NumberColumn(numbers[i]));
        }
        return new Frame(new Schema(fields), columns, positions.length);
    }
}
