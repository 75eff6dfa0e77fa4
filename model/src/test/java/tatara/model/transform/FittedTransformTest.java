package tatara.model.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign.Part;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.Document;
import tatara.core.json.JsonText;

class FittedTransformTest {
    private static final FittedTransform TRANSFORM = FittedTransform.of(List.of(
            new FittedColumn.Numeric("n", Kind.NUMBER, Optional.of(0.0), Optional.of(10.0)),
            new FittedColumn.Category("c", Kind.TEXT, List.of("red", "it's \"blue\"\n")),
            new FittedColumn.Category("n", Kind.NUMBER, List.of("3", "0.5")),
            new FittedColumn.Calendar("t", List.of(Part.values()), 1_000_000L),
            new FittedColumn.Text("x", List.of("good", "bad", "not bad"), new double[] {1, 2, 3}, true)));

    private static Column texts(@Nullable String... values) {
        return TextColumn.of(values.length, row -> values[row]);
    }

    private static Frame frame(Column n, Column c, Column t, Column x) {
        Schema schema = new Schema(List.of(
                new Field("x", x.kind()),
                new Field("extra", Kind.NUMBER),
                new Field("t", t.kind()),
                new Field("c", c.kind()),
                new Field("n", n.kind())));
        return new Frame(schema, List.of(x, new NumberColumn(new double[n.size()]), t, c, n), n.size());
    }

    private static float[][] apply(FeatureTransform transform, Frame frame) {
        float[][] out = new float[transform.outputs().size()][frame.rows() + 1];
        transform.apply(frame, out, 1);
        float[][] rows = new float[frame.rows()][out.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < out.length; i++) {
                rows[row][i] = out[i][row + 1];
            }
        }
        return rows;
    }

    private static Frame sample() {
        long time = Instant.parse("2024-02-29T13:59:00Z").getEpochSecond() * 1_000_000;
        return frame(
                new NumberColumn(new double[] {3, Double.NaN, 1e308, Double.NEGATIVE_INFINITY, 0.5}),
                texts("it's \"blue\"\n", null, "green", "red", ""),
                new TimeColumn(new long[] {time, TimeColumn.MISSING, 0, -1, Long.MAX_VALUE / 2}),
                texts("Not BAD, not bad!", null, "", "good", "\ud83d\ude00 schlecht"));
    }

    @Test
    void namesItsFeatures() {
        assertThat(TRANSFORM.outputs())
                .extracting(OutputFeature::name)
                .containsExactly(
                        "n",
                        "c",
                        "n#2",
                        "t:elapsed",
                        "t:year",
                        "t:month",
                        "t:day-of-month",
                        "t:day-of-week",
                        "t:day-of-year",
                        "t:hour",
                        "x:length",
                        "x:words",
                        "x~good",
                        "x~bad",
                        "x~not bad");
        assertThat(TRANSFORM.inputs())
                .containsExactly(
                        new Field("n", Kind.NUMBER),
                        new Field("c", Kind.TEXT),
                        new Field("t", Kind.TIME),
                        new Field("x", Kind.TEXT));
        assertThat(TRANSFORM.outputs().get(14).term()).isTrue();
        assertThat(TRANSFORM.outputs().get(1).isCategory()).isTrue();
    }

    @Test
    void computesEachFeature() {
        float[][] rows = apply(TRANSFORM, sample());
        long elapsed = Instant.parse("2024-02-29T13:59:00Z").getEpochSecond() - 1;
        assertThat(java.util.Arrays.copyOf(rows[0], 12))
                .containsExactly(3, 1, 0, (float) elapsed, 2024, 2, 29, 4, 60, 13, 17, 4);
        double norm = Math.sqrt(2 * 2 * 2 * 2 + 2 * 3 * 2 * 3);
        assertThat(rows[0][12]).isZero();
        assertThat(rows[0][13]).isEqualTo((float) (4 / norm), within(1e-6f));
        assertThat(rows[0][14]).isEqualTo((float) (6 / norm), within(1e-6f));
    }

    @Test
    void missingUnseenAndExtremeValuesStayUsable() {
        float[][] rows = apply(TRANSFORM, sample());
        for (int i = 0; i < 12; i++) {
            assertThat(rows[1][i]).as("missing " + i).isNaN();
        }
        assertThat(java.util.Arrays.copyOfRange(rows[1], 12, 15)).containsExactly(0, 0, 0);
        assertThat(rows[2][0]).isEqualTo(10);
        assertThat(rows[2][1]).as("unseen level").isEqualTo(2);
        assertThat(rows[2][2]).as("unseen number level").isEqualTo(2);
        assertThat(rows[3][0]).as("infinity is no number").isNaN();
        assertThat(rows[4][2]).isEqualTo(1);
        for (float[] row : rows) {
            for (float value : row) {
                assertThat(Float.isInfinite(value)).isFalse();
            }
        }
    }

    @Test
    void hugeNumbersStayFinite() {
        FittedTransform plain = FittedTransform.of(
                List.of(new FittedColumn.Numeric("n", Kind.NUMBER, Optional.empty(), Optional.empty())));
        Column n = new NumberColumn(new double[] {1e308, -1e308});
        float[][] rows = apply(plain, frame(n, texts("", ""), new TimeColumn(new long[2]), texts("", "")));
        assertThat(rows[0][0]).isEqualTo(1e30f);
        assertThat(rows[1][0]).isEqualTo(-1e30f);
    }

    @Test
    void textsMayBeNumbers() {
        FittedTransform plain = FittedTransform.of(
                List.of(new FittedColumn.Numeric("c", Kind.TEXT, Optional.empty(), Optional.empty())));
        Column c = texts("true", "false", " 2.5 ", "many", null);
        Column n = new NumberColumn(new double[5]);
        float[][] rows = apply(plain, frame(n, c, new TimeColumn(new long[5]), c));
        assertThat(new float[] {rows[0][0], rows[1][0], rows[2][0], rows[3][0], rows[4][0]})
                .containsExactly(1, 0, 2.5f, Float.NaN, Float.NaN);
    }

    @Test
    void isADocument() {
        String text = JsonText.write(TRANSFORM.write());
        FittedTransform read = FittedTransform.read(new Document("t", JsonText.read("t", text), Map.of()));
        assertThat(java.util.Arrays.deepEquals(apply(read, sample()), apply(TRANSFORM, sample())))
                .isTrue();
        assertThat(JsonText.write(read.write())).isEqualTo(text);
    }

    @Test
    void refusesAFrameThatDoesNotFit() {
        Column n = new NumberColumn(new double[1]);
        Frame wrong = frame(n, n, new TimeColumn(new long[1]), texts("a"));
        assertThatThrownBy(() -> apply(TRANSFORM, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column c");
    }

    @Test
    void wordsAreRunsOfLettersAndDigits() {
        assertThat(Words.of("It's 3 o'clock, Ärger\u0301!"))
                .containsExactly("it", "s", "3", "o", "clock", "ärger\u0301");
        assertThat(Words.of("東京 タワー")).containsExactly("東", "京", "タ", "ワ", "ー");
        assertThat(Words.of("x".repeat(1000))).containsExactly("x".repeat(40));
        assertThat(Words.of("\ud83d")).isEmpty();
        assertThat(Words.pairs(List.of("a", "b", "c"))).containsExactly("a b", "b c");
        assertThat(Words.pairs(List.of())).isEmpty();
    }
}
