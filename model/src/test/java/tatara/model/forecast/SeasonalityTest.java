package tatara.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeasonalityTest {
    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double[] series(int length, long seed, double noise, IntToDoubleFunction shape) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, length)
                .mapToDouble(i -> shape.applyAsDouble(i) + noise * gaussian(random))
                .toArray();
    }

    @Test
    void findsDayAndWeekOfHours() {
        double[] hours =
                series(1_000, 1, 1, i -> 0.05 * i + 5 * Math.sin(2 * Math.PI * i / 24) + (i % 168 >= 120 ? -4 : 0));
        assertThat(Seasonality.periods(hours, 3_600)).containsExactly(24, 168);
        assertThat(Seasonality.periods(hours, 0)).containsExactly(24, 168);
    }

    @Test
    void findsTheYearOfMonthsAndWeeks() {
        assertThat(Seasonality.periods(series(120, 2, 1, i -> 3 * Math.cos(2 * Math.PI * i / 12)), 31 * 86_400))
                .containsExactly(12);
        assertThat(Seasonality.periods(series(150, 3, 1, i -> i % 52 == 47 ? 30 : i % 52), 7 * 86_400))
                .containsExactly(52);
    }

    @Test
    void findsBothSeasonsOfDays() {
        double[] days = series(1_200, 4, 1, i -> 8 * Math.sin(2 * Math.PI * i / 365.25) + (i % 7 >= 5 ? 4 : 0));
        assertThat(Seasonality.periods(days, 86_400)).containsExactly(7, 365);
    }

    @Test
    void rarelySeesSeasonsInNoise() {
        int found = 0;
        for (int seed = 0; seed < 60; seed++) {
            double[] walk = series(300, seed, 1, i -> 0);
            for (int i = 1; i < walk.length; i++) {
                walk[i] += walk[i - 1];
            }
            found += Seasonality.periods(series(300, seed + 1_000, 1, i -> 0.1 * i), 86_400)
                            .isEmpty()
                    ? 0
                    : 1;
            found += Seasonality.periods(walk, 86_400).isEmpty() ? 0 : 1;
        }
        assertThat(found).isLessThanOrEqualTo(6);
    }

    @Test
    void bearsWithoutSeries() {
        assertThat(Seasonality.periods(new double[0], 3_600)).isEmpty();
        assertThat(Seasonality.periods(new double[] {1}, 0)).isEmpty();
        assertThat(Seasonality.periods(new double[500], 3_600)).isEmpty();
        assertThat(Seasonality.periods(List.of(), 0)).isEmpty();
    }

    @Test
    void aSetHasThePeriodsOfAFifthOfItsSeries() {
        double[] seasonal = series(200, 5, 1, i -> 5 * Math.sin(2 * Math.PI * i / 7));
        double[] plain = series(200, 6, 1, i -> 0);
        assertThat(Seasonality.periods(List.of(seasonal, plain, plain, plain), 86_400))
                .containsExactly(7);
        assertThat(Seasonality.periods(List.of(seasonal, plain, plain, plain, plain, plain), 86_400))
                .isEmpty();
    }

    @Test
    void autocorrelationIsTheTextbooks() {
        double[] values = {1, 2, 3, 4};
        assertThat(Seasonality.autocorrelation(values, 2)).containsExactly(1, 0.25, -0.3);
        assertThat(Seasonality.autocorrelation(new double[] {5, 5, 5}, 1)).containsExactly(1, 0);
    }

    @Test
    void theMovingAverageOfAnEvenSeasonWeighsItsEndsHalf() {
        assertThat(Seasonality.movingAverage(new double[] {1, 2, 3, 4, 9}, 4))
                .containsExactly((0.5 + 2 + 3 + 4 + 4.5) / 4);
        assertThat(Seasonality.movingAverage(new double[] {1, 2, 6}, 3)).containsExactly(3);
    }
}
