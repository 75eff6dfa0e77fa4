package tatara.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.calibrate.Link;
import tatara.model.prediction.Predictions;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

class ForecastModelTest {
    private static final long DAY = 86_400_000_000L;
    private static final double[][] NOTHING_KNOWN = new double[0][];

    private static SeriesState state(String name, Component component, boolean nonNegative) {
        return new SeriesState(
                name,
                100 * DAY,
                new double[] {3, 5, 4},
                NOTHING_KNOWN,
                List.of(component),
                new double[] {1},
                2,
                nonNegative);
    }

    private static ForecastModel daily(SeriesState... states) {
        ForecastModel.Layout layout = new ForecastModel.Layout(
                Optional.of("shop \"é\""),
                Optional.of("day"),
                new TimeGrid(true, 0, DAY),
                List.of(),
                new WindowFeatures(3, new int[] {2}, true, 0),
                new double[] {1, 1.5, 2});
        return new ForecastModel(layout, List.of(), List.of(states));
    }

    private static Frame rows(Field[] fields, Column... columns) {
        return new Frame(new Schema(List.of(fields)), List.of(columns), columns[0].size());
    }

    private static Frame asking(String[] shops, long... days) {
        long[] micros = java.util.Arrays.stream(days).map(day -> day * DAY).toArray();
        Column names = TextColumn.of(shops.length, row -> shops[row]);
        Column times = new TimeColumn(micros);
        return rows(new Field[] {new Field("day", times.kind()), new Field("shop \"é\"", names.kind())}, times, names);
    }

    private static ForecastModel twoShops() {
        return daily(
                state("north", Structural.line(10, 1), false),
                state("south", Structural.repeating(new double[] {7, 0.5}), true));
    }

    @Test
    void answersRowsInAnyOrder() {
        Predictions predictions =
                twoShops().predict(asking(new String[] {"south", "north", "north", "south"}, 102, 103, 101, 101));
        assertThat(predictions.values()).containsExactly(0.5, 13, 11, 7);
        assertThat(predictions.upper()).containsExactly(0.5 + 3, 13 + 4, 11 + 2, 7 + 2);
        assertThat(predictions.lower()).containsExactly(0, 13 - 4, 11 - 2, 7 - 2);
        assertThat(predictions.rows()).isEqualTo(4);
    }

    @Test
    void goesOnBeyondTheHorizonWithWiderIntervals() {
        Predictions predictions = twoShops().predict(asking(new String[] {"north"}, 109));
        assertThat(predictions.values()).containsExactly(19);
        assertThat(predictions.upper()[0]).isCloseTo(19 + 4 * Math.sqrt(3), within(1e-12));
    }

    @Test
    void refusesWhatItCannotKnow() {
        ForecastModel model = twoShops();
        assertRefused(model, asking(new String[] {"west"}, 101), "west", ForecastErrorCode.UNKNOWN_SERIES);
        assertRefused(
                model, asking(new String[] {"north"}, 110), "10 steps ahead", ForecastErrorCode.STEP_OUT_OF_REACH);
        assertRefused(model, asking(new String[] {"north"}, 100), "not after", ForecastErrorCode.STEP_OUT_OF_REACH);
        Column names = TextColumn.of(1, row -> "north");
        Frame timeless = rows(new Field[] {new Field("shop \"é\"", names.kind())}, names);
        assertRefused(model, timeless, "'day' is missing", ForecastErrorCode.MISSING_INPUT);
        Column times = new TimeColumn(new long[] {101 * DAY});
        Frame nameless = rows(new Field[] {new Field("day", times.kind())}, times);
        assertRefused(model, nameless, "it names the series", ForecastErrorCode.MISSING_INPUT);
        Frame blank = asking(new String[] {"north"}, Long.MIN_VALUE / DAY);
        assertThat(blank.rows()).isEqualTo(1);
        Frame noTime = rows(
                new Field[] {new Field("day", times.kind()), new Field("shop \"é\"", names.kind())},
                new TimeColumn(new long[] {TimeColumn.MISSING}),
                names);
        assertRefused(model, noTime, "no usable value", ForecastErrorCode.MISSING_INPUT);
    }

    private static void assertRefused(ForecastModel model, Frame rows, String message, ForecastErrorCode code) {
        assertThatThrownBy(() -> model.predict(rows))
                .isInstanceOfSatisfying(TataraException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.code().type()).isEqualTo(ErrorType.USER);
                })
                .hasMessageContaining(message);
    }

    @Test
    void theHorizonFrameIsARequest() {
        ForecastModel model = twoShops();
        Frame next = model.horizonFrame();
        assertThat(next.rows()).isEqualTo(6);
        assertThat(((TextColumn) next.column("shop \"é\"")).value(3)).isEqualTo("south");
        assertThat(((TimeColumn) next.column("day")).micros()).startsWith(101 * DAY, 102 * DAY, 103 * DAY, 101 * DAY);
        assertThat(model.predict(next).values()).containsExactly(11, 12, 13, 7, 0.5, 7);
    }

    @Test
    void rowsWithoutPositionsAreTheNextSteps() {
        ForecastModel.Layout layout = new ForecastModel.Layout(
                Optional.empty(),
                Optional.empty(),
                TimeGrid.numbered(),
                List.of(),
                new WindowFeatures(2, new int[0], false, 0),
                new double[] {1, 1});
        SeriesState state = new SeriesState(
                "",
                41 * TimeGrid.UNIT,
                new double[] {1},
                NOTHING_KNOWN,
                List.of(Structural.line(0, 2)),
                new double[] {1},
                1,
                false);
        ForecastModel model = new ForecastModel(layout, List.of(), List.of(state));
        Column other = new NumberColumn(new double[] {9, 9, 9});
        Frame rows = rows(new Field[] {new Field("other", other.kind())}, other);
        assertThat(model.predict(rows).values()).containsExactly(2, 4, 6);
        Frame next = model.horizonFrame();
        assertThat(((NumberColumn) next.column("step")).values()).containsExactly(42, 43);
        assertThat(model.predict(next).values()).containsExactly(2, 4);
    }

    @Test
    void structuralPathsAreTheirFormulas() {
        double[] out = new double[3];
        double[][] seasons = {{1, 2}};
        new Structural(Structural.Form.ADDITIVE, 10, 4, 0.5, seasons, 8, 0.5).path(out);
        assertThat(out).containsExactly(10 + 2 + 4 + 1, 10 + 3 + 2 + 2, 10 + 3.5 + 1 + 1);
        new Structural(Structural.Form.MULTIPLICATIVE, 10, 1, 1, seasons, 0, 0).path(out);
        assertThat(out).containsExactly(11, 24, 13);
        new Structural(Structural.Form.LOGARITHMIC, 0, 0, 1, seasons, 0, 0).path(out);
        assertThat(out).containsExactly(Math.E, Math.exp(2), Math.E);
    }

    @Test
    void anAutoregressionGoesOnFromItsOwnForecasts() {
        Autoregression.Terms terms = new Autoregression.Terms(false, new int[0], new int[0], new int[] {1}, 1);
        Autoregression halving = new Autoregression(terms, false, 0, 1, 3, new double[] {0, 0.5, 10}, -100, 6);
        double[] out = new double[3];
        halving.path(new double[] {9, 9, 8}, new double[][] {{0}, {0.1}, {5}}, out);
        assertThat(out).containsExactly(4, 3, 6);
    }

    @Test
    void survivesItsBinaryForm() throws IOException {
        Autoregression.Terms terms = new Autoregression.Terms(true, new int[] {2}, new int[] {1}, new int[] {1, 2}, 1);
        TreeEnsemble trees = TreeEnsemble.of(
                List.of(new Tree(
                        new int[] {0},
                        new double[] {1.5},
                        new int[] {~0},
                        new int[] {~1},
                        new boolean[] {true},
                        new long[0][],
                        new double[] {2},
                        new double[] {0.25, -0.5},
                        new double[] {1, 1})),
                1,
                new double[] {0.1},
                Link.IDENTITY,
                1);
        double[] tail = new double[40];
        java.util.Arrays.setAll(tail, i -> 20 + i % 2 + (i % 5) * 0.1);
        double[][] known = new double[40][1];
        SeriesState state = new SeriesState(
                "ünïcode \n 'x'",
                5 * DAY,
                tail,
                known,
                List.of(
                        new Autoregression(
                                terms, true, 3, 0.5, 40, new double[] {0.1, 0.2, 0.1, 0.1, 0.3, 0.2, 1}, -4, 4),
                        new Structural(Structural.Form.ADDITIVE, 20, 0.1, 0.9, new double[][] {{1, -1}}, 0.5, 0.3),
                        new Pooled(0)),
                new double[] {0.5, 0.25, 0.25},
                1.5,
                true);
        ForecastModel.Layout layout = new ForecastModel.Layout(
                Optional.of("series"),
                Optional.of("time"),
                new TimeGrid(true, 1, 0),
                List.of(new KnownInput("holiday", List.of("yes"), 0, 0, 1)),
                new WindowFeatures(4, new int[] {2}, true, 1),
                new double[] {1, 2, 3, 4});
        ForecastModel model = new ForecastModel(layout, List.of(new BoostedSteps(trees, 3)), List.of(state));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.write(new DataOutputStream(bytes));
        ForecastModel read = ForecastModel.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        Predictions before = model.predict(model.horizonFrame());
        Predictions after = read.predict(read.horizonFrame());
        assertThat(after.values()).containsExactly(before.values()).doesNotContain(Double.NaN);
        assertThat(after.lower()).containsExactly(before.lower());
        assertThat(read.series().get(0).name()).isEqualTo("ünïcode \n 'x'");
        assertThat(read.knownColumns()).containsExactly("holiday");
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.write(new DataOutputStream(again));
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        assertThat(model.componentPath(0, 2, new double[9][1])).hasSize(9).doesNotContain(Double.NaN);
    }

    @Test
    void refusesForeignBytes() {
        DataInputStream foreign = new DataInputStream(new ByteArrayInputStream(new byte[64]));
        assertThatThrownBy(() -> ForecastModel.read(foreign)).hasMessageContaining("can't be read");
    }

    @Test
    void windowFeaturesHaveNamesAndWidth() {
        WindowFeatures features = new WindowFeatures(48, new int[] {24, 168}, true, 2);
        assertThat(features.names()).hasSize(features.width()).doesNotHaveDuplicates();
        double[] values = new double[features.reach() + 1];
        java.util.Arrays.setAll(values, i -> i % 24 + 0.5 * (i % 168));
        float[] row = new float[features.width()];
        double[] inputs = {1, 2};
        features.at(values, values.length - 1).fill(47, 0, inputs, inputs, row);
        for (float value : row) {
            assertThat(value).isNotNaN();
        }
    }
}
