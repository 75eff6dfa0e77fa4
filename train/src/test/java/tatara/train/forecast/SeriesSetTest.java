package tatara.train.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

class SeriesSetTest {
    private static final double NONE = Double.NaN;

    private static TimeColumn days(long... days) {
        return new TimeColumn(java.util.Arrays.stream(days)
                .map(day -> day < 0 ? TimeColumn.MISSING : day * Tables.DAY)
                .toArray());
    }

    private static NumberColumn numbers(double... values) {
        return new NumberColumn(values);
    }

    private static SeriesSet read(FrameSource rows, Integer... periods) {
        return SeriesSet.read(rows, Tables.dailyDesign(2, periods));
    }

    @Test
    void sortsJoinsAndFills() {
        SeriesSet set = read(Tables.table(
                Map.entry("day", days(14, 10, 11, 14, -1, 17, 18)),
                Map.entry("value", numbers(8, 1, 2, 6, 99, NONE, 11))));
        Series series = set.series().get(0);
        assertThat(series.values())
                .containsExactly(new double[] {1, 2, 2 + 5 / 3.0, 2 + 10 / 3.0, 7, 8, 9, 10, 11}, within(1e-9));
        assertThat(series.observed()).containsExactly(true, true, false, false, true, false, false, false, true);
        assertThat(series.start()).isEqualTo(10 * Tables.DAY);
        assertThat(set.notes())
                .anyMatch(note -> note.startsWith("5 missing steps were filled"))
                .anyMatch(note -> note.startsWith("1 rows shared"))
                .anyMatch(note -> note.startsWith("1 rows without a usable time"));
    }

    @Test
    void fillsLongGapsWithTheSeason() {
        double[] values = {1, 9, 1, 9, 1, NONE, NONE, NONE, NONE, 9, 1};
        SeriesSet set = read(
                Tables.table(
                        Map.entry("day", days(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), Map.entry("value", numbers(values))),
                2);
        double[] filled = set.series().get(0).values();
        assertThat(filled[5]).isCloseTo(9, within(1e-9));
        assertThat(filled[6]).isCloseTo(1, within(1e-9));
        assertThat(filled[8]).isCloseTo(1, within(1e-9));
    }

    @Test
    void monthsOfDifferentLengthsAreSteps() {
        long[] months = new long[14];
        double[] values = new double[14];
        for (int i = 0; i < months.length; i++) {
            months[i] = LocalDate.of(2023, 1, 1).plusMonths(i).toEpochDay();
            values[i] = i;
        }
        SeriesSet set = SeriesSet.read(
                Tables.table(Map.entry("day", days(months)), Map.entry("value", numbers(values))),
                Tables.design(Optional.empty(), Optional.of("day"), 2, 0, List.of()));
        assertThat(set.grid().months()).isEqualTo(1);
        assertThat(set.series().get(0).values()).containsExactly(values);
        assertThat(set.notes()).isEmpty();
    }

    @Test
    void timesWithoutAStepAreTakenInOrder() {
        SeriesSet set = read(Tables.table(
                Map.entry("day", days(1, 400, 401, 1_900, 5_000, 5_007, 9_000)),
                Map.entry("value", numbers(1, 2, 3, 4, 5, 6, 7))));
        assertThat(set.series().get(0).values()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(set.notes()).anyMatch(note -> note.contains("no regular step"));
        Series series = set.series().get(0);
        assertThat(set.grid().ahead(series.start(), 6)).isEqualTo(9_000 * Tables.DAY);
    }

    @Test
    void numbersNameSeriesToo() {
        SeriesSet set = SeriesSet.read(
                Tables.table(
                        Map.entry("series", numbers(2, 1, 2, 1)),
                        Map.entry("step", numbers(1, 1, 2, 2)),
                        Map.entry("value", numbers(5, 6, 7, 8))),
                Tables.numberedDesign(1));
        assertThat(set.series()).extracting(Series::name).containsExactly("2", "1");
        assertThat(set.series().get(0).values()).containsExactly(5, 7);
        assertThat(set.grid().timed()).isFalse();
    }

    @Test
    void onlyFlagsAreKnownInAdvance() {
        List<FeatureDesign.Feature> features = List.of(
                new FeatureDesign.NumberFeature("holiday", Optional.empty(), Optional.empty(), false),
                new FeatureDesign.NumberFeature("temperature", Optional.empty(), Optional.empty(), false),
                new FeatureDesign.NumberFeature("constant", Optional.empty(), Optional.empty(), false),
                new FeatureDesign.CategoryFeature("open", 10, 1));
        SeriesSet set = SeriesSet.read(
                Tables.table(
                        Map.entry("day", days(1, 2, 3, 5)),
                        Map.entry("value", numbers(1, 2, 3, 4)),
                        Map.entry("holiday", numbers(0, 1, 0, 0)),
                        Map.entry("temperature", numbers(20, 21, 22, 23)),
                        Map.entry("constant", numbers(4, 4, 4, 4)),
                        Map.entry("open", TextColumn.of(4, row -> row == 2 ? "no" : "yes"))),
                Tables.design(Optional.empty(), Optional.of("day"), 1, 86_400, features));
        assertThat(set.known()).extracting(input -> input.column()).containsExactly("holiday", "open");
        assertThat(set.series().get(0).known()).isDeepEqualTo(new double[][] {{0, 0}, {1, 0}, {0, 1}, {0, 0}, {0, 0}});
        assertThat(set.notes()).anyMatch(note -> note.contains("temperature") && note.startsWith("Left out"));
    }

    @Test
    void saysWhatIsWrongWithTheTable() {
        FrameSource nothing =
                Tables.table(Map.entry("day", days(1, 2)), Map.entry("value", numbers(NONE, Double.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> read(nothing))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code().type()).isEqualTo(ErrorType.DATA))
                .hasMessageContaining("No row has both");
        FrameSource textTime =
                Tables.table(Map.entry("day", TextColumn.of(2, row -> "monday")), Map.entry("value", numbers(1, 2)));
        assertThatThrownBy(() -> read(textTime)).hasMessageContaining("'day'");
        FrameSource noTarget = Tables.table(Map.entry("day", days(1, 2)));
        assertThatThrownBy(() -> read(noTarget)).hasMessageContaining("'value'");
    }
}
