package tatara.serve.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.bundle.ModelBundle;
import tatara.model.prediction.Predictions;
import tatara.serve.TestBundles;

class BatchPredictionTest {
    @Test
    void scoresEveryRowInOrderWhateverTheBatches() {
        ModelBundle bundle = TestBundles.binary(0);
        Frame rows = TestBundles.rows(1_000);
        Predictions expected = bundle.predict(rows);

        for (int size : new int[] {1_000, 333, 1}) {
            List<Frame> out = run(bundle, BatchPrediction.Explain.NO, batches(rows, size));
            assertThat(out).hasSize((1_000 + size - 1) / size);
            assertThat(labels(out)).isEqualTo(expected.labels());
            assertThat(numbers(out, "probability_Yes, <b>"))
                    .containsExactly(Arrays.stream(expected.probabilities())
                            .mapToDouble(row -> row[1])
                            .toArray());
        }
    }

    @Test
    void namesTheColumnsOfEachTask() {
        assertThat(columns(TestBundles.binary(0)))
                .containsExactly("prediction", "probability_No", "probability_Yes, <b>");
        assertThat(columns(TestBundles.multiclass()))
                .containsExactly("prediction", "probability_a,b", "probability_c\"d", "probability_e");
        assertThat(columns(TestBundles.regression())).containsExactly("prediction");
        assertThat(columns(TestBundles.anomaly())).containsExactly("prediction", "score");
        assertThat(columns(TestBundles.forecast())).containsExactly("shop", "day", "prediction", "lower", "upper");
    }

    @Test
    void saysWhichRowsAreAnomalies() {
        Frame out = run(TestBundles.anomaly(), BatchPrediction.Explain.NO, FrameSource.of(TestBundles.rows(200)))
                .get(0);
        double[] scores = ((NumberColumn) out.column("score")).values();
        TextColumn words = (TextColumn) out.column("prediction");
        for (int row = 0; row < 200; row++) {
            assertThat(words.value(row)).isEqualTo(scores[row] >= 0.6 ? "anomaly" : "normal");
        }
        assertThat(words.dictionary()).hasSize(2);
    }

    @Test
    void explainsWhenAsked() {
        Frame out = run(TestBundles.regression(), BatchPrediction.Explain.YES, FrameSource.of(TestBundles.rows(50)))
                .get(0);
        List<String> names = out.schema().names().stream()
                .filter(name -> name.startsWith("contribution_"))
                .toList();
        assertThat(names).contains("contribution_tenure", "contribution_charges", "contribution_plan \"x\", y");
        double[] predictions = ((NumberColumn) out.column("prediction")).values();
        double[] sums = new double[50];
        names.forEach(name -> {
            double[] shares = ((NumberColumn) out.column(name)).values();
            Arrays.setAll(sums, row -> sums[row] + shares[row]);
        });
        for (int row = 1; row < 50; row++) {
            assertThat(predictions[row] - sums[row]).isCloseTo(predictions[0] - sums[0], within(1e-6));
        }
    }

    @Test
    void forecastsStepsInTheOrderOfTheRows() {
        Frame steps = TestBundles.steps(3);
        for (FrameSource source : List.of(FrameSource.of(steps), batches(steps, 2))) {
            Frame out = run(TestBundles.forecast(), BatchPrediction.Explain.NO, source)
                    .get(0);
            assertThat(((NumberColumn) out.column("prediction")).values())
                    .containsExactly(101, 202, 102, 204, 103, 206);
            assertThat(((NumberColumn) out.column("lower")).values()[5]).isEqualTo(203);
            assertThat(((NumberColumn) out.column("upper")).values()[5]).isEqualTo(209);
            assertThat(((TextColumn) out.column("shop")).value(1)).isEqualTo("süd");
            assertThat(((TimeColumn) out.column("day")).micros()[0])
                    .isEqualTo(((TimeColumn) steps.column("day")).micros()[0]);
        }
    }

    @Test
    void namesAMissingColumn() {
        Frame rows = new Frame(
                new Schema(List.of(new Field("tenure", Kind.NUMBER), new Field("CHARGES", Kind.NUMBER))),
                List.of(new NumberColumn(new double[2]), new NumberColumn(new double[2])),
                2);
        assertThatThrownBy(() -> run(TestBundles.binary(0), BatchPrediction.Explain.NO, FrameSource.of(rows)))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("charges")
                .hasMessageContaining("plan");
    }

    @Test
    void aForecastCanNotBeExplained() {
        assertThatThrownBy(() -> new BatchPrediction(TestBundles.forecast(), BatchPrediction.Explain.YES))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(BatchErrorCode.NOT_EXPLAINABLE));
    }

    @Test
    void noRowsGiveNoRows() {
        for (ModelBundle bundle : List.of(TestBundles.binary(0), TestBundles.forecast())) {
            FrameSource none = FrameSource.of(TestBundles.rows(5)).select(new BitSet());
            assertThat(run(bundle, BatchPrediction.Explain.NO, none).stream()
                            .mapToInt(Frame::rows)
                            .sum())
                    .isZero();
        }
    }

    private static List<Frame> run(ModelBundle bundle, BatchPrediction.Explain explain, FrameSource source) {
        BatchPrediction batch = new BatchPrediction(bundle, explain);
        List<Frame> out = new ArrayList<>();
        batch.run(source, frame -> {
            assertThat(frame.schema()).isEqualTo(batch.schema());
            out.add(frame);
        });
        return out;
    }

    private static List<String> columns(ModelBundle bundle) {
        return new BatchPrediction(bundle, BatchPrediction.Explain.NO).schema().names();
    }

    private static FrameSource batches(Frame frame, int size) {
        return new FrameSource() {
            @Override
            public Schema schema() {
                return frame.schema();
            }

            @Override
            public long rows() {
                return frame.rows();
            }

            @Override
            public void forEach(Consumer<Frame> consumer) {
                for (int start = 0; start < frame.rows(); start += size) {
                    BitSet rows = new BitSet();
                    rows.set(start, Math.min(frame.rows(), start + size));
                    FrameSource.of(frame).select(rows).forEach(consumer);
                }
            }
        };
    }

    private static List<String> labels(List<Frame> frames) {
        List<String> labels = new ArrayList<>();
        for (Frame frame : frames) {
            for (int row = 0; row < frame.rows(); row++) {
                labels.add(((TextColumn) frame.column("prediction")).value(row));
            }
        }
        return labels;
    }

    private static double[] numbers(List<Frame> frames, String column) {
        return frames.stream()
                .flatMapToDouble(frame -> Arrays.stream(((NumberColumn) frame.column(column)).values()))
                .toArray();
    }
}
