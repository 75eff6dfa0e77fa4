package tatara.model.forecast;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a shared model sees of a series when it stands at one observation and looks some steps ahead: seasonal lags, levels and
 * recent departures, all relative to the seasonal naive forecast and scaled by the series' own seasonal changes, so that
 * series of any size look alike. Immutable, thread-safe.
 *
 * @param horizon greatest number of steps ahead
 * @param periods seasonal periods, ascending; empty without seasons
 * @param calendar whether parts of the target's time are features
 * @param known number of inputs known in advance
 */
public record WindowFeatures(int horizon, int[] periods, boolean calendar, int known) {
    private static final int SEASONS_BACK = 3;
    private static final int[] RECENT = {0, 1, 2, 3, 5, 8, 12};
    private static final String[] CALENDAR = {"hour", "day of week", "day of month", "month", "day of year"};

    /** The shortest period, 1 without seasons. */
    public int basePeriod() {
        return periods.length == 0 ? 1 : periods[0];
    }

    private int longestPeriod() {
        return periods.length == 0 ? 1 : periods[periods.length - 1];
    }

    /** Observations before the origin that the features look back on. */
    public int reach() {
        int seasons = horizon + (SEASONS_BACK + 1) * basePeriod() + 1;
        for (int period : periods) {
            seasons = Math.max(seasons, roundUp(horizon, period) + (lagsOf(period) - 1) * period + 2);
        }
        return Math.max(seasons, 2 * longestPeriod() + RECENT[RECENT.length - 1] + 1);
    }

    private int lagsOf(int period) {
        return period == basePeriod() ? SEASONS_BACK : 2;
    }

    private static int roundUp(int steps, int period) {
        return (steps + period - 1) / period * period;
    }

    /** Names of the features in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of("steps ahead", "level in spreads", "change of level"));
        for (int period : periods) {
            for (int k = 0; k < lagsOf(period); k++) {
                names.add(k + " seasons of " + period + " back");
            }
            names.add("before the season of " + period);
            names.add("after the season of " + period);
            names.add("mean of " + period);
            names.add("departure from " + period + ", mean of a season");
            for (int lag : RECENT) {
                names.add("departure from " + period + ", " + lag + " back");
            }
        }
        for (int lag : RECENT) {
            names.add("value " + lag + " back");
        }
        if (calendar) {
            names.addAll(List.of(CALENDAR));
        }
        for (int i = 0; i < known; i++) {
            names.add("known " + i);
            names.add("known " + i + " a season back");
        }
        return names;
    }

    /** Number of features. */
    public int width() {
        int perPeriod = 4 + RECENT.length;
        int width = 3 + RECENT.length + (calendar ? CALENDAR.length : 0) + 2 * known;
        for (int period : periods) {
            width += perPeriod + lagsOf(period);
        }
        return width;
    }

    /**
     * Stands at an observation.
     *
     * @param values the series, gaps filled
     * @param origin index of the last value that may be looked at
     */
    public Window at(double[] values, int origin) {
        return new Window(values, origin);
    }

    /** A place in a series to look ahead from. Not thread-safe. */
    public final class Window {
        private final double[] values;
        private final int origin;
        private final double scale;
        private final double level;
        private final double change;
        private final double[] means;
        private final double[] departures;

        private Window(double[] values, int origin) {
            this.values = values;
            this.origin = origin;
            this.scale = seasonalChange();
            int season = Math.max(basePeriod(), 4);
            this.level = mean(origin + 1 - season, origin + 1);
            this.change = level - mean(origin + 1 - 2 * season, origin + 1 - season);
            this.means = new double[periods.length];
            this.departures = new double[periods.length];
            for (int p = 0; p < periods.length; p++) {
                means[p] = mean(origin + 1 - periods[p], origin + 1);
                departures[p] = means[p] - mean(origin + 1 - 2 * periods[p], origin + 1 - periods[p]);
            }
        }

        /** Mean change from season to season, the unit of all features; 0 for a series that repeats itself. */
        public double scale() {
            return scale;
        }

        /** The seasonal naive forecast. */
        public double base(int ahead) {
            return values[Math.max(0, origin + ahead - roundUp(ahead, basePeriod()))];
        }

        /** Whether {@link #base} has a value of the same season to repeat. */
        public boolean hasBase(int ahead) {
            return origin + ahead - roundUp(ahead, basePeriod()) >= 0;
        }

        private double seasonalChange() {
            int period = basePeriod();
            int from = Math.max(period, origin + 1 - Math.max(2 * longestPeriod(), 3 * period));
            double sum = 0;
            for (int i = from; i <= origin; i++) {
                sum += Math.abs(values[i] - values[i - period]);
            }
            double mean = from > origin ? 0 : sum / (origin + 1 - from);
            double size = 0;
            for (int i = from; i <= origin; i++) {
                size = Math.max(size, Math.abs(values[i]));
            }
            return mean <= size * 1e-9 ? 0 : mean;
        }

        private double mean(int from, int to) {
            if (from < 0 || to <= from) {
                return Double.NaN;
            }
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += values[i];
            }
            return sum / (to - from);
        }

        private float relative(int index, double base) {
            return index < 0 || index > origin ? Float.NaN : (float) ((values[index] - base) / scale);
        }

        /**
         * Writes the features of one step ahead; NaN where the series is too short. Needs a {@link #scale()} above 0.
         *
         * @param ahead from 1 to the horizon
         * @param time position of the target
         * @param inputs inputs known in advance at the target
         * @param before the same inputs at the season that {@link #base} repeats; empty if unknown
         * @param out receives {@link #width()} numbers
         */
        public void fill(int ahead, long time, double[] inputs, double[] before, float[] out) {
            double base = base(ahead);
            int next = 0;
            out[next++] = ahead;
            out[next++] = (float) (level / scale);
            out[next++] = (float) (change / scale);
            for (int p = 0; p < periods.length; p++) {
                next = fillPeriod(ahead, base, p, out, next);
            }
            for (int lag : RECENT) {
                out[next++] = relative(origin - lag, base);
            }
            if (calendar) {
                next = fillCalendar(TimeGrid.dateTime(time), out, next);
            }
            for (int i = 0; i < known; i++) {
                out[next++] = (float) inputs[i];
                out[next++] = before.length == 0 ? Float.NaN : (float) before[i];
            }
        }

        private int fillPeriod(int ahead, double base, int p, float[] out, int start) {
            int next = start;
            int period = periods[p];
            int first = origin + ahead - roundUp(ahead, period);
            for (int k = 0; k < lagsOf(period); k++) {
                out[next++] = relative(first - k * period, base);
            }
            out[next++] = relative(first - 1, base);
            out[next++] = relative(first + 1, base);
            out[next++] = (float) ((means[p] - base) / scale);
            out[next++] = (float) (departures[p] / scale);
            for (int lag : RECENT) {
                int index = origin - lag;
                out[next++] = index - period < 0 ? Float.NaN : relative(index, values[index - period]);
            }
            return next;
        }

        private static int fillCalendar(LocalDateTime time, float[] out, int start) {
            out[start] = time.getHour() + time.getMinute() / 60f;
            out[start + 1] = time.getDayOfWeek().getValue();
            out[start + 2] = time.getDayOfMonth();
            out[start + 3] = time.getMonthValue();
            out[start + 4] = time.getDayOfYear();
            return start + CALENDAR.length;
        }
    }

    @Override
    public String toString() {
        return "WindowFeatures[horizon=" + horizon + ", periods=" + Arrays.toString(periods) + "]";
    }
}
