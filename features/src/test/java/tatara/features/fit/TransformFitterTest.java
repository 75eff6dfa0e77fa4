package tatara.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.Part;
import tatara.core.design.FeatureDesign.TextFeature;
import tatara.core.design.FeatureDesign.TimeFeature;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.JsonText;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.FittedTransform;

class TransformFitterTest {
    private static final Schema SCHEMA = new Schema(List.of(
            new Field("number", Kind.NUMBER),
            new Field("text", Kind.TEXT),
            new Field("time", Kind.TIME),
            new Field("empty", Kind.NUMBER)));

    private final TransformFitter fitter = new TransformFitter();

    private static FeatureDesign design(Feature... features) {
        return new FeatureDesign(
                List.of(features),
                List.of(),
                new FeatureDesign.Target(Task.REGRESSION, Optional.of("y"), List.of(), Optional.empty(), false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.RANDOM, Optional.empty(), 0.2, ""),
                new FeatureDesign.Evaluation(Metric.RMSE, List.of(), List.of(), List.of(), Optional.empty(), List.of()),
                Optional.empty());
    }

    private static Frame frame(double[] numbers, @Nullable String[] texts, long[] times) {
        double[] empty = new double[numbers.length];
        java.util.Arrays.fill(empty, Double.NaN);
        List<Column> columns = List.of(
                new NumberColumn(numbers),
                TextColumn.of(texts.length, row -> texts[row]),
                new TimeColumn(times),
                new NumberColumn(empty));
        return new Frame(SCHEMA, columns, numbers.length);
    }

    private static FrameSource source(Frame... frames) {
        return new FrameSource() {
            @Override
            public Schema schema() {
                return SCHEMA;
            }

            @Override
            public long rows() {
                long rows = 0;
                for (Frame frame : frames) {
                    rows += frame.rows();
                }
                return rows;
            }

            @Override
            public void forEach(Consumer<Frame> consumer) {
                for (Frame frame : frames) {
                    consumer.accept(frame);
                }
            }
        };
    }

    private static FrameSource two() {
        return source(
                frame(new double[] {3, Double.NaN, 3}, new String[] {"b c", "a", null}, new long[] {
                    9, TimeColumn.MISSING, 7
                }),
                frame(new double[] {0.5, 1}, new String[] {"a", "B b"}, new long[] {8, 20}));
    }

    @Test
    void levelsAreSortedByFrequencyThenName() {
        FittedTransform found =
                fitter.fit(design(new CategoryFeature("text", 10, 1), new CategoryFeature("number", 2, 1)), two());
        assertThat(((FittedColumn.Category) found.columns().get(0)).levels()).containsExactly("a", "B b", "b c");
        assertThat(((FittedColumn.Category) found.columns().get(1)).levels()).containsExactly("3", "0.5");
    }

    @Test
    void rareLevelsAreOther() {
        FittedTransform found = fitter.fit(
                design(
                        new CategoryFeature("text", 10, 2),
                        new NumberFeature("number", Optional.empty(), Optional.empty(), false)),
                two());
        assertThat(((FittedColumn.Category) found.columns().get(0)).levels()).containsExactly("a");
    }

    @Test
    void timesCountFromTheFirst() {
        FittedTransform found = fitter.fit(design(new TimeFeature("time", List.of(Part.ELAPSED))), two());
        assertThat(((FittedColumn.Calendar) found.columns().get(0)).origin()).isEqualTo(7);
    }

    @Test
    void termsHaveInverseDocumentFrequencies() {
        FittedTransform found = fitter.fit(design(new TextFeature("text", 3, 1, true)), two());
        FittedColumn.Text text = (FittedColumn.Text) found.columns().get(0);
        assertThat(text.terms()).containsExactly("a", "b", "b b");
        assertThat(text.weights())
                .containsExactly(
                        new double[] {Math.log(5.0 / 3) + 1, Math.log(5.0 / 3) + 1, Math.log(5.0 / 2) + 1},
                        within(1e-12));
    }

    @Test
    void whatHasNoValueIsLeftOut() {
        Feature empty = new NumberFeature("empty", Optional.empty(), Optional.empty(), true);
        Feature number = new NumberFeature("number", Optional.of(0.0), Optional.of(2.0), true);
        assertThat(fitter.fit(design(empty, number), two()).columns())
                .containsExactly(new FittedColumn.Numeric("number", Kind.NUMBER, Optional.of(0.0), Optional.of(2.0)));
        assertThatThrownBy(() -> fitter.fit(design(empty), two()))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(FitErrorCode.NO_FEATURES));
    }

    @Test
    void refusesFeaturesThatDoNotFit() {
        assertThatThrownBy(() -> fitter.fit(design(new TextFeature("gone", 3, 1, true)), two()))
                .hasMessageContaining("'gone'");
        assertThatThrownBy(() -> fitter.fit(design(new TimeFeature("text", List.of(Part.YEAR))), two()))
                .hasMessageContaining("'text'")
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(FitErrorCode.WRONG_KIND));
    }

    @Test
    void manyLevelsAreCountedInBoundedMemory() {
        SplittableRandom random = new SplittableRandom(1);
        List<Frame> frames = new ArrayList<>();
        int size = 20_000;
        for (int batch = 0; batch < 15; batch++) {
            String[] texts = new String[size];
            for (int row = 0; row < size; row++) {
                texts[row] = row % 4 == 0 ? "common-" + row % 40 : "rare-" + random.nextLong();
            }
            frames.add(frame(new double[size], texts, new long[size]));
        }
        FrameSource rows = source(frames.toArray(Frame[]::new));
        FeatureDesign design = design(new CategoryFeature("text", 10, 100));
        FittedTransform found = fitter.fit(design, rows);
        assertThat(((FittedColumn.Category) found.columns().get(0)).levels())
                .hasSize(10)
                .allMatch(level -> level.startsWith("common-"));
        assertThat(JsonText.write(fitter.fit(design, rows).write())).isEqualTo(JsonText.write(found.write()));
    }
}
