package tatara.train.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tatara.core.spec.Metric;

class AccuracyTest {
    private static final boolean[] ALL = {true, true, true};

    @Test
    void smapeIsTheM4Competitions() {
        double[] actual = {100, 0, 50};
        double[] forecast = {110, 0, -50};
        double expected = (200.0 * 10 / 210 + 0 + 200.0 * 100 / 100) / 3;
        assertThat(Accuracy.meanLoss(Metric.SMAPE, actual, ALL, forecast, 1)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void maseIsInUnitsOfTheSeasonalNaiveErrorInSample() {
        double[] history = {1, 5, 2, 7, 4, 6};
        double scale = Accuracy.scale(history, 6, 2);
        assertThat(scale).isEqualTo((1 + 2 + 2 + 1) / 4.0);
        double[] actual = {5, 8, 7};
        double[] forecast = {4, 6, 7};
        assertThat(Accuracy.meanLoss(Metric.MASE, actual, ALL, forecast, scale))
                .isCloseTo(3 / 3.0 / 1.5, within(1e-12));
    }

    @Test
    void aShortHistoryIsMeasuredStepByStep() {
        assertThat(Accuracy.scale(new double[] {1, 4, 2}, 3, 12)).isEqualTo(2.5);
        assertThat(Accuracy.scale(new double[] {7}, 1, 12)).isZero();
        assertThat(Accuracy.scale(new double[] {7, 7, 7}, 3, 1)).isZero();
    }

    @Test
    void whatIsNotDefinedDoesNotCount() {
        double[] actual = {0, 10, 20};
        double[] forecast = {5, 11, 10};
        assertThat(Accuracy.meanLoss(Metric.MAPE, actual, ALL, forecast, 1)).isEqualTo((10.0 + 50) / 2);
        assertThat(Accuracy.meanLoss(Metric.MASE, actual, ALL, forecast, 0)).isNaN();
        boolean[] first = {true, false, false};
        assertThat(Accuracy.meanLoss(Metric.MAE, actual, first, forecast, 1)).isEqualTo(5);
    }

    @Test
    void rmseIsTheRootOfTheMeanSquare() {
        double[] actual = {0, 0, 0};
        double[] forecast = {1, 2, 2};
        double mean = Accuracy.meanLoss(Metric.RMSE, actual, ALL, forecast, 1);
        assertThat(Accuracy.finish(Metric.RMSE, mean)).isCloseTo(Math.sqrt(3), within(1e-12));
    }
}
