package tatara.train.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.run.EventSink;
import tatara.core.spec.Metric;
import tatara.model.prediction.Predictions;

/** Public series, where {@code TATARA_DATASETS} names the folder that holds them. */
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "TATARA_DATASETS", matches = ".+")
class RealSeriesTest {
    private static final Learner[] ALL = {
        Learner.SEASONAL_NAIVE,
        Learner.EXPONENTIAL_SMOOTHING,
        Learner.THETA,
        Learner.SEASONAL_REGRESSION,
        Learner.GLOBAL_BOOSTING
    };

    private static List<String> lines(String file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getenv("TATARA_DATASETS"), file));
        return lines.subList(1, lines.size());
    }

    private static double[][] m4(String file) throws IOException {
        return lines(file).stream()
                .map(line -> Arrays.stream(line.replace("\"", "").split(","))
                        .skip(1)
                        .filter(cell -> !cell.isBlank())
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void m4HourlyIsAsGoodAsTheCompetitionsBest() throws IOException {
        double[][] train = m4("m4-hourly/Hourly-train.csv");
        double[][] test = m4("m4-hourly/Hourly-test.csv");
        ForecastResult result = ForecastTraining.train(
                Tables.numbered(train), Tables.numberedDesign(48), Tables.training(ALL), EventSink.none());
        Predictions predictions = result.model().predict(result.model().horizonFrame());
        double smape = 0;
        double mase = 0;
        double inside = 0;
        for (int s = 0; s < test.length; s++) {
            double scale = Accuracy.scale(train[s], train[s].length, 24);
            for (int h = 0; h < 48; h++) {
                double forecast = predictions.values()[s * 48 + h];
                smape += Accuracy.loss(Metric.SMAPE, test[s][h], forecast, 1) / (48 * test.length);
                mase += Accuracy.loss(Metric.MASE, test[s][h], forecast, scale) / (48 * test.length);
                inside += test[s][h] >= predictions.lower()[s * 48 + h]
                                && test[s][h] <= predictions.upper()[s * 48 + h]
                        ? 1
                        : 0;
            }
        }
        assertThat(smape).isLessThan(9.33);
        assertThat(mase).isLessThan(0.893);
        assertThat(inside / predictions.rows()).isBetween(0.85, 0.95);
    }

    @Test
    void airPassengersAreFarBetterThanSeasonalNaive() throws IOException {
        List<String> rows = lines("air-passengers/airline_passengers.csv");
        long[] months = new long[rows.size()];
        double[] values = new double[rows.size()];
        for (int i = 0; i < months.length; i++) {
            String[] cells = rows.get(i).replace("\"", "").split(",");
            months[i] = LocalDate.parse(cells[0] + "-01").toEpochDay() * Tables.DAY;
            values[i] = Double.parseDouble(cells[1]);
        }
        ForecastResult result = ForecastTraining.train(
                Tables.table(Map.entry("month", new TimeColumn(months)), Map.entry("value", new NumberColumn(values))),
                Tables.design(Optional.empty(), Optional.of("month"), 12, 2_678_400, List.of(), 12),
                Tables.training(ALL),
                EventSink.none());
        assertThat(result.evaluation().metrics().get("mape")).isLessThan(5);
    }
}
