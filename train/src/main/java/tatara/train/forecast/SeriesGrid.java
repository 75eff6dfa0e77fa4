package tatara.train.forecast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.model.forecast.KnownInput;
import tatara.model.forecast.TimeGrid;

/** Finds the step of the positions and places the rows on the grid. */
final class SeriesGrid {
    private static final int MOST_GAPS = 100_000;
    private static final double MOST_STEPS_PER_OBSERVATION = 8;

    private final TimeGrid grid;
    private final boolean irregular;
    private final List<RawSeries.Sorted> sorted;
    private final List<String> notes = new ArrayList<>();

    private SeriesGrid(TimeGrid grid, boolean irregular, List<RawSeries.Sorted> sorted) {
        this.grid = grid;
        this.irregular = irregular;
        this.sorted = sorted;
    }

    static SeriesGrid of(List<RawSeries> series, boolean timed, boolean positioned, double stepSeconds) {
        List<RawSeries.Sorted> sorted = series.stream().map(RawSeries::sorted).toList();
        if (!positioned) {
            return new SeriesGrid(TimeGrid.numbered(), false, sorted);
        }
        Map<Long, Integer> gaps = gaps(sorted);
        long usual = usual(gaps);
        TimeGrid grid = grid(timed, timed && stepSeconds > 0 ? Math.round(stepSeconds * 1e6) : usual);
        if (isSparse(sorted, grid)) {
            return new SeriesGrid(grid(timed, median(gaps)), true, sorted);
        }
        return new SeriesGrid(grid, false, sorted);
    }

    private static TimeGrid grid(boolean timed, long step) {
        return timed ? TimeGrid.ofSeconds(step / 1e6) : new TimeGrid(false, 0, step);
    }

    private static Map<Long, Integer> gaps(List<RawSeries.Sorted> sorted) {
        Map<Long, Integer> gaps = new HashMap<>();
        for (RawSeries.Sorted one : sorted) {
            long[] positions = one.positions();
            for (int i = 1; i < positions.length && gaps.size() < MOST_GAPS; i++) {
                gaps.merge(positions[i] - positions[i - 1], 1, Integer::sum);
            }
        }
        return gaps;
    }

    /** The most frequent gap, of equally frequent ones the shortest; one unit without gaps. */
    private static long usual(Map<Long, Integer> gaps) {
        long usual = TimeGrid.UNIT;
        int most = 0;
        for (Map.Entry<Long, Integer> gap : gaps.entrySet()) {
            int count = gap.getValue();
            if (count > most || (count == most && gap.getKey() < usual)) {
                most = count;
                usual = gap.getKey();
            }
        }
        return usual;
    }

    private static long median(Map<Long, Integer> gaps) {
        long total = gaps.values().stream().mapToLong(count -> count).sum();
        long passed = 0;
        for (Map.Entry<Long, Integer> gap : new TreeMap<>(gaps).entrySet()) {
            passed += gap.getValue();
            if (2 * passed >= total) {
                return gap.getKey();
            }
        }
        return TimeGrid.UNIT;
    }

    private static boolean isSparse(List<RawSeries.Sorted> sorted, TimeGrid grid) {
        double steps = 0;
        double observations = 0;
        for (RawSeries.Sorted one : sorted) {
            long[] positions = one.positions();
            steps += 1.0 + grid.stepsBetween(positions[0], positions[positions.length - 1]);
            observations += positions.length;
        }
        return steps > MOST_STEPS_PER_OBSERVATION * observations + 100;
    }

    TimeGrid grid() {
        return grid;
    }

    List<String> notes() {
        return notes;
    }

    /** @param period shortest seasonal period, 1 without */
    List<Series> place(List<RawSeries> raw, List<KnownColumn> columns, int period) {
        List<Optional<KnownInput>> inputs =
                columns.stream().map(KnownColumn::input).toList();
        List<Series> placed = new ArrayList<>();
        long filled = 0;
        long repeated = 0;
        for (int i = 0; i < raw.size(); i++) {
            Series series = place(raw.get(i).name(), sorted.get(i), columns, inputs, period);
            for (boolean observed : series.observed()) {
                filled += observed ? 0 : 1;
            }
            repeated += sorted.get(i).repeated();
            placed.add(series);
        }
        if (irregular) {
            notes.add("The times follow no regular step: observations are taken as consecutive steps.");
        }
        note(filled, "missing steps were filled (linearly, longer gaps with the season); they do not count as truth.");
        note(repeated, "rows shared series and time with another row; the mean of their values was taken.");
        return placed;
    }

    private void note(long count, String what) {
        if (count > 0) {
            notes.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }

    private Series place(
            String name,
            RawSeries.Sorted rows,
            List<KnownColumn> columns,
            List<Optional<KnownInput>> inputs,
            int period) {
        long[] positions = rows.positions();
        int[] steps = new int[positions.length];
        int length = 1;
        for (int i = 1; i < steps.length; i++) {
            int step = irregular ? i : Math.toIntExact(grid.stepsBetween(positions[0], positions[i]));
            steps[i] = Math.max(step, steps[i - 1]);
            length = steps[i] + 1;
        }
        long start = irregular ? grid.ahead(positions[positions.length - 1], 1L - length) : positions[0];
        double[] values = new double[length];
        boolean[] observed = new boolean[length];
        int[] counts = new int[length];
        for (int i = 0; i < steps.length; i++) {
            if (!Double.isNaN(rows.values()[i])) {
                values[steps[i]] += rows.values()[i];
                counts[steps[i]]++;
            }
        }
        for (int step = 0; step < length; step++) {
            observed[step] = counts[step] > 0;
            values[step] = counts[step] > 0 ? values[step] / counts[step] : Double.NaN;
        }
        GapFilling.fill(values, period);
        return new Series(name, start, values, observed, known(rows, steps, length, columns, inputs));
    }

    private static double[][] known(
            RawSeries.Sorted rows,
            int[] steps,
            int length,
            List<KnownColumn> columns,
            List<Optional<KnownInput>> inputs) {
        int width = inputs.stream()
                .flatMap(Optional::stream)
                .mapToInt(KnownInput::width)
                .sum();
        double[][] known = new double[width == 0 ? 0 : length][width];
        int offset = 0;
        for (int column = 0; column < inputs.size(); column++) {
            if (width == 0 || inputs.get(column).isEmpty()) {
                continue;
            }
            KnownInput input = inputs.get(column).get();
            for (double[] step : known) {
                input.encodeMissing(step, offset);
            }
            for (int i = 0; i < steps.length; i++) {
                columns.get(column).encoded(input, rows.known()[i][column], known[steps[i]], offset);
            }
            offset += input.width();
        }
        return known;
    }
}
