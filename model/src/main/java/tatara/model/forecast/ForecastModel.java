package tatara.model.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.prediction.Predictions;

/**
 * Fitted forecasts of one or many series: per series a weighted mean of methods, with 90 % intervals from the errors that the
 * same methods made on earlier windows (split conformal prediction). Immutable, thread-safe.
 */
public final class ForecastModel {
    /** Forecasts reach so many horizons ahead at most. */
    public static final int REACH = 3;

    private final Layout layout;
    private final List<BoostedSteps> models;
    private final List<SeriesState> series;
    private final Map<String, Integer> index;

    /**
     * What all series have in common.
     *
     * @param seriesColumn column that names the series; empty for one series
     * @param positionColumn column of times or of step numbers; empty if rows are only in order
     * @param grid the steps
     * @param known inputs known in advance
     * @param features what shared models see
     * @param widths [steps ahead - 1] half width of the 90 % interval in units of {@link SeriesState#spread()}, one per step of
     *     the horizon
     */
    public record Layout(
            Optional<String> seriesColumn,
            Optional<String> positionColumn,
            TimeGrid grid,
            List<KnownInput> known,
            WindowFeatures features,
            double[] widths) {
        public Layout {
            known = List.copyOf(known);
            if (widths.length != features.horizon()) {
                throw new IllegalArgumentException(
                        "widths: " + widths.length + " (expected: the horizon, " + features.horizon() + ")");
            }
        }
    }

    /** @param models shared models that {@link Pooled} components refer to */
    public ForecastModel(Layout layout, List<BoostedSteps> models, List<SeriesState> series) {
        this.layout = layout;
        this.models = List.copyOf(models);
        this.series = List.copyOf(series);
        this.index = new HashMap<>();
        for (int i = 0; i < series.size(); i++) {
            index.put(series.get(i).name(), i);
        }
    }

    public Layout layout() {
        return layout;
    }

    public List<BoostedSteps> models() {
        return models;
    }

    /** The series, in the order of {@link #horizonFrame()}. */
    public List<SeriesState> series() {
        return series;
    }

    /** Steps ahead that the model was fitted and judged for. */
    public int horizon() {
        return layout.features().horizon();
    }

    /** Column that names the series, empty if there is one series. */
    public Optional<String> seriesColumn() {
        return layout.seriesColumn();
    }

    /** Column of times or step numbers that rows to predict hold; {@code step} if the data had neither. */
    public String positionColumn() {
        return layout.positionColumn().orElse("step");
    }

    /** Whether {@link #positionColumn()} is a time. */
    public boolean timed() {
        return layout.grid().timed();
    }

    /** Columns known in advance that rows to predict should hold; a missing value counts as the usual one. */
    public List<String> knownColumns() {
        return layout.known().stream().map(KnownInput::column).toList();
    }

    /**
     * Predicts the steps that the rows ask for.
     *
     * @param rows hold the series (unless there is one) and the time or step of each wanted value, in any order; without a
     *     position column the rows of a series are its next steps in order; may hold the known columns
     * @return one value with interval per row; never NaN
     * @throws TataraException {@link ForecastErrorCode} if a series is unknown, a step not ahead or beyond three horizons
     */
    public Predictions predict(Frame rows) {
        return new RequestedSteps(this, rows).predict();
    }

    /** The next {@link #horizon()} steps of every series, series by series, as rows for {@link #predict}. */
    public Frame horizonFrame() {
        int horizon = horizon();
        int rows = series.size() * horizon;
        long[] positions = new long[rows];
        for (int i = 0; i < rows; i++) {
            positions[i] = layout.grid().ahead(series.get(i / horizon).end(), i % horizon + 1L);
        }
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        layout.seriesColumn().ifPresent(name -> {
            fields.add(new Field(name, Kind.TEXT));
            columns.add(TextColumn.of(rows, row -> series.get(row / horizon).name()));
        });
        fields.add(new Field(positionColumn(), timed() ? Kind.TIME : Kind.NUMBER));
        columns.add(
                timed()
                        ? new TimeColumn(positions)
                        : new NumberColumn(Arrays.stream(positions)
                                .mapToDouble(at -> (double) at / TimeGrid.UNIT)
                                .toArray()));
        return new Frame(new Schema(fields), columns, rows);
    }

    /**
     * The forecast of one series.
     *
     * @param number index among {@link #series()}
     * @param known inputs known in advance of each wanted step
     * @return one value per step ahead
     */
    public double[] path(int number, double[][] known) {
        SeriesState state = series.get(number);
        double[] sum = new double[known.length];
        double[] one = new double[known.length];
        for (int i = 0; i < state.weights().length; i++) {
            path(state, state.components().get(i), known, one);
            for (int step = 0; step < sum.length; step++) {
                sum[step] += state.weights()[i] * one[step];
            }
        }
        for (int step = 0; step < sum.length; step++) {
            double value = Double.isFinite(sum[step]) ? sum[step] : state.tail()[state.tail().length - 1];
            sum[step] = state.nonNegative() ? Math.max(0, value) : value;
        }
        return sum;
    }

    /** The forecast of one component alone; may be anything, also NaN. */
    public double[] componentPath(int number, int component, double[][] known) {
        double[] out = new double[known.length];
        path(series.get(number), series.get(number).components().get(component), known, out);
        return out;
    }

    private void path(SeriesState state, Component component, double[][] known, double[] out) {
        if (component instanceof Structural structural) {
            structural.path(out);
        } else if (component instanceof Autoregression regression) {
            regression.path(state.tail(), known, out);
        } else {
            BoostedSteps shared = models.get(((Pooled) component).model());
            new PooledPath(layout, shared).path(state, known, out);
        }
    }

    /** Half the width of the 90 % interval so many steps ahead; grows with the square root beyond the horizon. */
    public double halfWidth(int number, int ahead) {
        double[] widths = layout.widths();
        double width = ahead <= widths.length
                ? widths[ahead - 1]
                : widths[widths.length - 1] * Math.sqrt((double) ahead / widths.length);
        return width * series.get(number).spread();
    }

    /** @throws TataraException {@link ForecastErrorCode#UNKNOWN_SERIES} */
    int find(String name) {
        Integer found = layout.seriesColumn().isEmpty() ? Integer.valueOf(0) : index.get(name);
        if (found == null) {
            throw new TataraException(
                    ForecastErrorCode.UNKNOWN_SERIES,
                    Fault.of("The series '" + name + "' is unknown")
                            .at("column " + layout.seriesColumn().orElse(""))
                            .expecting("one of the " + series.size() + " series of the training data, such as '"
                                    + series.get(0).name() + "'")
                            .todo("Correct the name, or train again with the new series in the data"));
        }
        return found;
    }

    /** Writes the model in its own binary form. */
    public void write(DataOutput out) throws IOException {
        ForecastFormat.write(this, out);
    }

    /** @throws TataraException {@link ForecastErrorCode#UNREADABLE_MODEL} if it was written in another form */
    public static ForecastModel read(DataInput in) throws IOException {
        return ForecastFormat.read(in);
    }
}
