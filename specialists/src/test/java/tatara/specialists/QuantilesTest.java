package tatara.specialists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantilesTest {
    @ParameterizedTest
    @CsvSource({"0.5,0", "0.975,1.959963985", "0.99,2.326347874", "0.999999,4.753424309", "0.0001,-3.719016485"})
    void normalMatchesTables(double probability, double expected) {
        assertThat(Quantiles.normal(probability)).isEqualTo(expected, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({
        "0.95,1,3.8415",
        "0.99,9,21.666",
        "0.999,9,27.877",
        "0.95,20,31.410",
        "0.9999,2,18.421",
        "0.9999,3,21.108"
    })
    void chiSquareMatchesTables(double probability, int degrees, double expected) {
        assertThat(Quantiles.chiSquare(probability, degrees)).isEqualTo(expected, within(0.01 * expected));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void refusesWhatIsNoProbability(double probability) {
        assertThatThrownBy(() -> Quantiles.normal(probability)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stabilityIndexWithoutDriftExceedsItsQuantileAsOftenAsItSays() {
        double limit = Quantiles.populationStability(0.05, 10, 5_000, 1_000);
        SplittableRandom random = new SplittableRandom(3);
        int above = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            above += stability(counts(random, 5_000), counts(random, 1_000)) > limit ? 1 : 0;
        }
        assertThat(above / 2_000.0).isBetween(0.035, 0.065);
    }

    @Test
    void kolmogorovSmirnovWithoutDriftExceedsItsQuantileAsOftenAsItSays() {
        double limit = Quantiles.kolmogorovSmirnov(0.05, 2_000, 500);
        SplittableRandom random = new SplittableRandom(5);
        int above = 0;
        for (int trial = 0; trial < 400; trial++) {
            above += distance(
                                    random.doubles(2_000).toArray(),
                                    random.doubles(500).toArray())
                            > limit
                    ? 1
                    : 0;
        }
        assertThat(above / 400.0).isBetween(0.02, 0.08);
    }

    private static double[] counts(SplittableRandom random, int n) {
        double[] counts = new double[10];
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(10)]++;
        }
        return counts;
    }

    private static double stability(double[] a, double[] b) {
        double n = Arrays.stream(a).sum();
        double m = Arrays.stream(b).sum();
        double index = 0;
        for (int i = 0; i < a.length; i++) {
            index += (a[i] / n - b[i] / m) * Math.log(a[i] / n / (b[i] / m));
        }
        return index;
    }

    private static double distance(double[] a, double[] b) {
        Arrays.sort(a);
        Arrays.sort(b);
        double most = 0;
        int j = 0;
        for (int i = 0; i < a.length; i++) {
            while (j < b.length && b[j] <= a[i]) {
                j++;
            }
            most = Math.max(most, Math.abs((i + 1.0) / a.length - (double) j / b.length));
        }
        return most;
    }
}
