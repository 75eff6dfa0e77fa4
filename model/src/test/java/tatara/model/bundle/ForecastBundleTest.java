package tatara.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.spec.Task;
import tatara.model.forecast.ForecastModel;
import tatara.model.forecast.SeriesState;
import tatara.model.forecast.Structural;
import tatara.model.forecast.TimeGrid;
import tatara.model.forecast.WindowFeatures;
import tatara.model.prediction.Predictions;

class ForecastBundleTest {
    private static final long DAY = 86_400_000_000L;

    @TempDir
    Path directory;

    private static ModelBundle bundle() {
        ForecastModel.Layout layout = new ForecastModel.Layout(
                Optional.of("shop"),
                Optional.of("day"),
                new TimeGrid(true, 0, DAY),
                List.of(),
                new WindowFeatures(3, new int[] {2}, true, 0),
                new double[] {1, 1.5, 2});
        SeriesState north = new SeriesState(
                "north",
                100 * DAY,
                new double[] {3, 5, 4},
                new double[0][],
                List.of(Structural.line(10, 1)),
                new double[] {1},
                2,
                false);
        Signature signature = new Signature(
                Task.FORECAST,
                List.of(
                        new Signature.Input("shop", ColumnType.CATEGORY, CellFormat.plain(), true),
                        new Signature.Input("day", ColumnType.TIME, CellFormat.plain(), true),
                        new Signature.Input("holiday", ColumnType.BOOLEAN, CellFormat.plain(), false)),
                "sales",
                List.of(),
                Optional.empty(),
                Double.NaN,
                Optional.of("shop"),
                Optional.of("day"),
                3);
        return ModelBundle.forecast(signature, new ForecastModel(layout, List.of(), List.of(north)));
    }

    @Test
    void answersTheSameAfterLoading() throws IOException {
        ModelBundle before = bundle();
        before.write(directory.resolve("a"));
        ModelBundle after = ModelBundle.load(directory.resolve("a"));
        after.write(directory.resolve("b"));
        assertThat(directory.resolve("b/model.json")).hasSameBinaryContentAs(directory.resolve("a/model.json"));
        assertThat(Files.exists(directory.resolve("a/forecast.bin"))).isTrue();
        Predictions found = after.predict(after.horizonFrame());
        assertThat(found.values()).containsExactly(11, 12, 13);
        assertThat(found.lower())
                .isEqualTo(before.predict(before.horizonFrame()).lower());
        assertThat(after.operationsPerRow(after.horizonFrame())).isPositive();
    }

    @Test
    void rowsOfTextAndOfJsonAreTheSame() {
        ModelBundle bundle = bundle();
        Schema schema = new Schema(List.of(new Field("day", Kind.TEXT), new Field("shop", Kind.TEXT)));
        Frame texts = new Frame(
                schema, List.of(TextColumn.of(1, row -> "1970-04-13"), TextColumn.of(1, row -> " north ")), 1);
        Json.Obj json = (Json.Obj) JsonText.read("row", "{\"shop\": \"north\", \"day\": \"1970-04-13\"}");
        Frame row = new RowReader(bundle.signature()).rows(List.of(json));
        assertThat(bundle.predict(row).values())
                .isEqualTo(bundle.predict(texts).values())
                .hasSize(1);
    }

    @Test
    void damageAndImpossibleWishesAreNamed() throws IOException {
        bundle().write(directory);
        Path file = directory.resolve("forecast.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> ModelBundle.load(directory)).hasMessageContaining("forecast.bin");
        assertThatThrownBy(() -> bundle().explain(bundle().horizonFrame()))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(BundleErrorCode.NOT_SUPPORTED));
        assertThatThrownBy(() -> SampleBundles.of(Task.BINARY).horizonFrame()).isInstanceOf(TataraException.class);
    }
}
