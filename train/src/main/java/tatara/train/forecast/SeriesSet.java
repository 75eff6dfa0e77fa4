package tatara.train.forecast;

import java.util.List;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.FrameSource;
import tatara.model.forecast.KnownInput;
import tatara.model.forecast.TimeGrid;

/**
 * All series of a table, each on one grid of steps.
 *
 * @param seriesColumn column that names them, empty for one series
 * @param positionColumn column of times or step numbers, empty if rows were only in order
 * @param grid the steps
 * @param known inputs known in advance
 * @param series by name in natural order of first appearance; each has at least one observation
 * @param notes what was done to the data, for people
 */
public record SeriesSet(
        Optional<String> seriesColumn,
        Optional<String> positionColumn,
        TimeGrid grid,
        List<KnownInput> known,
        List<Series> series,
        List<String> notes) {
    /** Observations kept in memory at most; of longer tables the newest part is read. */
    static final long MOST_OBSERVATIONS = 12_000_000;

    public SeriesSet {
        known = List.copyOf(known);
        series = List.copyOf(series);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the rows of a table in any order: sorts by time, takes the mean of values at the same time, fills missing steps and
     * says so. Known inputs are the number and category features of the design.
     *
     * @throws tatara.core.error.TataraException {@link ForecastTrainingErrorCode} if a column is missing or nothing is left
     */
    public static SeriesSet read(FrameSource rows, FeatureDesign design) {
        return new SeriesReader(rows, design).read();
    }

    /** Steps over all series. */
    public long observations() {
        return series.stream().mapToLong(Series::length).sum();
    }
}
