package tatara.train.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.forecast.KnownInput;
import tatara.model.forecast.SeriesNames;
import tatara.model.forecast.TimeGrid;

/** Reads a table into a {@link SeriesSet}. */
final class SeriesReader {
    private static final String STEP = "step";

    private final FrameSource rows;
    private final FeatureDesign.Forecast forecast;
    private final String target;
    private final Optional<String> position;
    private final List<KnownColumn> known;
    private final Map<String, RawSeries> found = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private long withoutTime;
    private long withoutName;
    private long tooOld;
    private long oldest = Long.MIN_VALUE;

    SeriesReader(FrameSource rows, FeatureDesign design) {
        this.rows = rows;
        this.forecast = design.forecast()
                .orElseThrow(() -> new TataraException(
                        ForecastTrainingErrorCode.NOT_A_FORECAST,
                        Fault.of("The design has no forecast part").expecting("series, time and horizon")));
        this.target = require(design.target().column().orElse(""), Kind.NUMBER);
        forecast.series().ifPresent(this::require);
        this.position = positionColumn();
        this.known = KnownColumn.of(design, rows.schema(), position);
    }

    SeriesSet read() {
        limit();
        rows.forEach(this::add);
        List<RawSeries> usable =
                found.values().stream().filter(raw -> raw.observations() > 0).toList();
        if (usable.isEmpty()) {
            throw new TataraException(
                    ForecastTrainingErrorCode.TOO_FEW_OBSERVATIONS,
                    Fault.of("No row has both a time and a value of '" + target + "'")
                            .expecting("at least 3 observations of one series"));
        }
        note(withoutTime, "rows without a usable time were left out");
        note(withoutName, "rows without a series name were left out");
        note(tooOld, "of the oldest rows were left out to bound memory");
        note(found.size() - usable.size(), "series without any value were left out");
        List<KnownInput> inputs =
                known.stream().flatMap(column -> column.input().stream()).toList();
        SeriesGrid grid = SeriesGrid.of(usable, timed(), position.isPresent(), forecast.stepSeconds());
        List<Series> series = grid.place(usable, known, period());
        notes.addAll(grid.notes());
        List<String> rich = known.stream()
                .filter(KnownColumn::isRich)
                .map(KnownColumn::name)
                .toList();
        if (!rich.isEmpty()) {
            notes.add("Left out, because their values are not known when a forecast is made: " + String.join(", ", rich)
                    + ". Only flags (two values) are taken for known in advance.");
        }
        if (!inputs.isEmpty()) {
            notes.add("Taken as known in advance: "
                    + String.join(", ", inputs.stream().map(KnownInput::column).toList())
                    + ". Give them with each step to predict; a missing one counts as the usual value.");
        }
        return new SeriesSet(forecast.series(), position, grid.grid(), inputs, series, notes);
    }

    private int period() {
        return forecast.periods().isEmpty() ? 1 : forecast.periods().get(0);
    }

    private boolean timed() {
        return position.isPresent() && kind(position.get()) == Kind.TIME;
    }

    private Optional<String> positionColumn() {
        if (forecast.time().isPresent()) {
            String name = require(forecast.time().get());
            if (kind(name) == Kind.TEXT) {
                throw unusable(name, "a time or a step number");
            }
            return Optional.of(name);
        }
        boolean numbered = rows.schema().indexOf(STEP).isPresent() && kind(STEP) == Kind.NUMBER && !target.equals(STEP);
        return numbered ? Optional.of(STEP) : Optional.empty();
    }

    private Kind kind(String column) {
        return rows.schema().field(rows.schema().indexOf(column).orElseThrow()).kind();
    }

    private String require(String column) {
        if (rows.schema().indexOf(column).isEmpty()) {
            throw unusable(column, "a column of the processed table");
        }
        return column;
    }

    private String require(String column, Kind kind) {
        if (kind(require(column)) != kind) {
            throw unusable(column, "numbers");
        }
        return column;
    }

    private static TataraException unusable(String column, String expected) {
        return new TataraException(
                ForecastTrainingErrorCode.UNUSABLE_COLUMN,
                Fault.of("The column '" + column + "' can't be used for a forecast")
                        .expecting(expected));
    }

    /** Finds how old rows may be, assuming that they are spread evenly over time. */
    private void limit() {
        long count = rows.rows();
        if (count <= SeriesSet.MOST_OBSERVATIONS || position.isEmpty()) {
            return;
        }
        long[] range = {Long.MAX_VALUE, Long.MIN_VALUE};
        rows.forEach(frame -> {
            Column cells = frame.column(position.get());
            for (int row = 0; row < frame.rows(); row++) {
                if (!cells.isMissing(row)) {
                    long at = position(cells, row);
                    range[0] = Math.min(range[0], at);
                    range[1] = Math.max(range[1], at);
                }
            }
        });
        double share = (double) SeriesSet.MOST_OBSERVATIONS / count;
        oldest = range[1] - Math.round((range[1] - range[0]) * share);
    }

    private void add(Frame frame) {
        Column values = frame.column(target);
        Optional<Column> names = forecast.series().map(frame::column);
        Optional<Column> positions = position.map(frame::column);
        List<Column> inputs =
                known.stream().map(column -> frame.column(column.name())).toList();
        double[] cells = new double[known.size()];
        for (int row = 0; row < frame.rows(); row++) {
            if (names.isPresent() && names.get().isMissing(row)) {
                withoutName++;
                continue;
            }
            if (positions.isPresent() && !hasPosition(positions.get(), row)) {
                withoutTime++;
                continue;
            }
            int at = row;
            String name = names.map(column -> SeriesNames.text(column, at)).orElse("");
            RawSeries raw = found.computeIfAbsent(name, key -> new RawSeries(key, known.size()));
            long place = positions.map(column -> position(column, at)).orElse(raw.rows() * TimeGrid.UNIT);
            if (place < oldest) {
                tooOld++;
                continue;
            }
            for (int i = 0; i < cells.length; i++) {
                cells[i] = known.get(i).code(inputs.get(i), row);
            }
            double value = ((NumberColumn) values).values()[row];
            raw.add(place, Double.isFinite(value) ? value : Double.NaN, cells);
        }
    }

    private static boolean hasPosition(Column cells, int row) {
        return !cells.isMissing(row)
                && !(cells instanceof NumberColumn numbers && !(Math.abs(numbers.values()[row]) < 1e12));
    }

    private static long position(Column cells, int row) {
        return cells instanceof TimeColumn times
                ? times.micros()[row]
                : Math.round(((NumberColumn) cells).values()[row] * TimeGrid.UNIT);
    }

    private void note(long count, String what) {
        if (count > 0) {
            notes.add(String.format(Locale.ROOT, "%,d %s.", count, what));
        }
    }
}
