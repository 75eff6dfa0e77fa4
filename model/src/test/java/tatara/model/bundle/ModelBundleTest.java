package tatara.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.json.YamlText;
import tatara.core.spec.Task;
import tatara.model.explain.Contributions;
import tatara.model.prediction.Predictions;

class ModelBundleTest {
    @TempDir
    Path directory;

    private static Frame texts(Map<String, List<@Nullable String>> columns) {
        List<Field> fields = new ArrayList<>();
        List<Column> values = new ArrayList<>();
        int[] rows = {0};
        columns.forEach((name, cells) -> {
            fields.add(new Field(name, Kind.TEXT));
            values.add(TextColumn.of(cells.size(), cells::get));
            rows[0] = cells.size();
        });
        return new Frame(new Schema(fields), values, rows[0]);
    }

    /** Rows as a file holds them: texts, some of them strange. */
    private static Frame rawRows(int rows) {
        SplittableRandom random = new SplittableRandom(5);
        String[] plans = {"basic", "gold", "3", "unseen", "", " gold ", "'; DROP TABLE x; --"};
        String[] amounts = {"$1,234.5", "?", "", "(20)", "1e308", "-1e308", "NaN", "Infinity", "many", "12"};
        String[] times = {"2024-01-31", "2023-07-01T12:00:00Z", "", "yesterday"};
        String[] active = {"yes", "no", "", "perhaps"};
        List<String[]> cells = List.of(active, times, amounts, plans);
        List<String> names = List.of("active", "signup", "amount", "plan");
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String[] choices = cells.get(i);
            fields.add(new Field(names.get(i), Kind.TEXT));
            columns.add(TextColumn.of(rows, row -> choices[random.nextInt(choices.length)]));
        }
        fields.add(new Field("extra", Kind.NUMBER));
        columns.add(new NumberColumn(new double[rows]));
        return new Frame(new Schema(fields), columns, rows);
    }

    private static Frame row(Frame frame, int row) {
        BitSet chosen = new BitSet();
        chosen.set(row);
        List<Frame> found = new ArrayList<>();
        FrameSource.of(frame).select(chosen).forEach(found::add);
        return found.get(0);
    }

    @ParameterizedTest
    @EnumSource(value = Task.class, names = "FORECAST", mode = EnumSource.Mode.EXCLUDE)
    void oneRowIsAnsweredAsInABatchAndAfterLoading(Task task) {
        ModelBundle bundle = SampleBundles.of(task);
        bundle.write(directory);
        ModelBundle loaded = ModelBundle.load(directory);
        Frame raw = rawRows(300);
        Predictions batch = bundle.predict(raw);
        assertThat(batch.rows()).isEqualTo(300);
        for (int row = 0; row < 300; row++) {
            Predictions one = loaded.predict(row(raw, row));
            if (task.isClassification()) {
                assertThat(one.labels()).containsExactly(batch.labels().get(row));
                assertThat(one.probabilities()[0]).isEqualTo(batch.probabilities()[row]);
                double sum = 0;
                for (double probability : one.probabilities()[0]) {
                    assertThat(probability).isBetween(0.0, 1.0);
                    sum += probability;
                }
                assertThat(sum).isEqualTo(1, within(1e-12));
            } else {
                assertThat(one.values()[0]).isEqualTo(batch.values()[row]).isFinite();
            }
        }
        assertThat(loaded.signature()).isEqualTo(bundle.signature());
    }

    @Test
    void theThresholdDecides() {
        Predictions found = SampleBundles.of(Task.BINARY).predict(rawRows(500));
        assertThat(found.classes()).containsExactly("no", "yes");
        assertThat(found.labels()).contains("no", "yes");
        for (int row = 0; row < 500; row++) {
            assertThat(found.labels().get(row)).isEqualTo(found.probabilities()[row][1] >= 0.4 ? "yes" : "no");
        }
    }

    @Test
    void noRowsAreAnsweredWithNoRows() {
        assertThat(SampleBundles.of(Task.BINARY).predict(rawRows(0)).rows()).isZero();
        assertThat(SampleBundles.of(Task.BINARY).explain(rawRows(0)).values()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Task.class, names = "FORECAST", mode = EnumSource.Mode.EXCLUDE)
    void theSameModelIsTheSameBytes(Task task) throws IOException {
        Path first = directory.resolve("a");
        Path second = directory.resolve("b");
        SampleBundles.of(task).write(first, Map.of("data", "abc", "code", "def"));
        ModelBundle.load(first).write(second);
        try (Stream<Path> files = Files.list(first)) {
            List<Path> written = files.sorted().toList();
            assertThat(written).hasSize(4);
            for (Path file : written) {
                assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
        assertThat(ModelBundle.load(second).provenance()).containsEntry("data", "abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "transform.json", "scorers.bin", "MLmodel"})
    void aDamagedFileIsRefused(String name) throws IOException {
        SampleBundles.of(Task.BINARY).write(directory);
        Path file = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {0, bytes.length / 3, bytes.length / 2, bytes.length - 2}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertDamaged(name);
        }
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertDamaged(name);
        if (!name.equals("model.json")) {
            Files.delete(file);
            assertDamaged(name);
        }
    }

    private void assertDamaged(String name) {
        assertThatThrownBy(() -> ModelBundle.load(directory))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(BundleErrorCode.CORRUPT_BUNDLE))
                .hasMessageContaining(name);
    }

    @Test
    void aChangedFigureIsRefused() throws IOException {
        SampleBundles.of(Task.BINARY).write(directory);
        Path model = directory.resolve("model.json");
        Files.writeString(model, Files.readString(model).replace("0.4", "0.9"));
        assertDamaged("model.json");
    }

    @Test
    void aDirectoryWithoutModelIsNamed() {
        assertThatThrownBy(() -> ModelBundle.load(directory.resolve("nothing")))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code().type()).isEqualTo(ErrorType.USER))
                .hasMessageContaining("nothing");
    }

    @Test
    void aFileInTheWayIsNoPlaceToWrite() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> SampleBundles.of(Task.BINARY).write(file.resolve("bundle")))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(BundleErrorCode.NOT_WRITABLE));
    }

    @Test
    void missingRequiredColumnsAreNamed() {
        ModelBundle bundle = SampleBundles.of(Task.BINARY);
        Frame raw = texts(Map.of("Amount ", List.of("1"), "plan", List.of("gold")));
        assertThatThrownBy(() -> bundle.predict(raw))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code().type()).isEqualTo(ErrorType.USER))
                .hasMessageContaining("Missing column 'amount'")
                .hasMessageContaining("'Amount ' is there");
        assertThatThrownBy(() -> bundle.predict(texts(Map.of("x", List.of("1")))))
                .hasMessageContaining("Missing columns 'plan', 'amount'");
    }

    @Test
    void optionalColumnsMayStayAway() {
        Frame raw = texts(Map.of("amount", List.of("1"), "plan", List.of("gold")));
        assertThat(SampleBundles.of(Task.REGRESSION).predict(raw).values()[0]).isFinite();
    }

    @Test
    void kindsDoNotMatter() {
        ModelBundle bundle = SampleBundles.of(Task.REGRESSION);
        Frame asTexts = texts(Map.of("plan", List.of("3", "3.0"), "amount", List.of("$12.5", "?")));
        Schema schema = new Schema(List.of(new Field("plan", Kind.NUMBER), new Field("amount", Kind.NUMBER)));
        Frame asNumbers = new Frame(
                schema,
                List.of(new NumberColumn(new double[] {3, 3}), new NumberColumn(new double[] {12.5, Double.NaN})),
                2);
        assertThat(bundle.predict(asNumbers).values()[0])
                .isEqualTo(bundle.predict(asTexts).values()[0]);
        Frame conformed = bundle.conform(asTexts);
        assertThat(bundle.predict(conformed).values())
                .as("conforming twice changes nothing")
                .isEqualTo(bundle.predict(asTexts).values());
    }

    @Test
    void explainsByRawColumns() {
        ModelBundle bundle = SampleBundles.of(Task.REGRESSION);
        Frame raw = rawRows(40);
        Contributions found = bundle.explain(raw);
        assertThat(found.columns()).containsExactly("plan", "amount", "signup", "active");
        double[] values = bundle.predict(raw).values();
        for (int row = 0; row < 40; row++) {
            double sum = found.base();
            for (double value : found.values()[row]) {
                sum += value;
            }
            assertThat(sum).isEqualTo(values[row], within(1e-6));
        }
        assertThat(SampleBundles.of(Task.MULTICLASS).explain(raw).values()).hasNumberOfRows(40);
        assertThat(SampleBundles.of(Task.ANOMALY).explain(raw).meanAbsolute()).hasSize(4);
    }

    @Test
    void countsOperations() {
        assertThat(SampleBundles.of(Task.BINARY).operationsPerRow(rawRows(100))).isBetween(10L, 200L);
    }

    @Test
    void tellsMlflowItsSignature() throws IOException {
        SampleBundles.of(Task.BINARY).write(directory);
        String text = Files.readString(directory.resolve("MLmodel"), StandardCharsets.UTF_8);
        assertThat(text).contains("flavors:").contains("\"name\":\"amount\"").contains("probability_yes");
        assertThat(YamlText.read("MLmodel", text).line("signature")).isPositive();
    }

    @Test
    void answersFromManyThreads() {
        ModelBundle bundle = SampleBundles.of(Task.BINARY);
        Frame raw = rawRows(200);
        double[][] expected = bundle.predict(raw).probabilities();
        java.util.stream.IntStream.range(0, 64)
                .parallel()
                .forEach(i -> assertThat(bundle.predict(raw).probabilities()).isDeepEqualTo(expected));
    }
}
