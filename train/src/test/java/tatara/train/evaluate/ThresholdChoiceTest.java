package tatara.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.design.FeatureDesign.Threshold.Rule;

class ThresholdChoiceTest {
    private static final double[] LABELS = {1, 1, 0, 1, 0, 0, 0, 1, 0, 0};
    private static final double[][] SCORES = MetricsTest.column(0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1);

    @Test
    void bestF1() {
        assertThat(choose(Rule.BEST_F1, 0).threshold()).isEqualTo(0.65, within(1e-12));
    }

    @Test
    void topShareNeverTakesMore() {
        assertThat(choose(Rule.TOP_SHARE, 0.2).threshold()).isEqualTo(0.85, within(1e-12));
        assertThat(ThresholdChoice.choose(
                                new Threshold(Rule.TOP_SHARE, 0.2, ""),
                                LABELS,
                                MetricsTest.column(1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                        .reached())
                .isFalse();
    }

    @Test
    void leastPrecisionWithMostRecall() {
        assertThat(choose(Rule.MIN_PRECISION, 0.75).threshold()).isEqualTo(0.65, within(1e-12));
        assertThat(choose(Rule.MIN_PRECISION, 0.9).threshold()).isEqualTo(0.85, within(1e-12));
    }

    @Test
    void leastRecallWithMostPrecision() {
        assertThat(choose(Rule.MIN_RECALL, 1).threshold()).isEqualTo(0.25, within(1e-12));
        assertThat(choose(Rule.MIN_RECALL, 0.5).threshold()).isEqualTo(0.85, within(1e-12));
    }

    @Test
    void costs() {
        assertThat(choose(Rule.COST_RATIO, 4).threshold()).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void oneClassGivesEvenOdds() {
        assertThat(ThresholdChoice.choose(
                                new Threshold(Rule.BEST_F1, 0, ""), new double[] {1, 1}, MetricsTest.column(0.1, 0.2))
                        .threshold())
                .isEqualTo(0.5);
    }

    private static ThresholdChoice choose(Rule rule, double value) {
        return ThresholdChoice.choose(new Threshold(rule, value, ""), LABELS, SCORES);
    }
}
