package tatara.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tatara.core.spec.Metric;

class FiguresTest {
    @Test
    void numbersKeepFourDigits() {
        assertThat(Figures.number(0)).isEqualTo("0");
        assertThat(Figures.number(42)).isEqualTo("42");
        assertThat(Figures.number(-0.123456)).isEqualTo("-0.1235");
        assertThat(Figures.number(0.00123456)).isEqualTo("0.001235");
        assertThat(Figures.number(3.14159)).isEqualTo("3.142");
        assertThat(Figures.number(999.96)).isEqualTo("1000");
        assertThat(Figures.number(45_362.4)).isEqualTo("45,362");
        assertThat(Figures.number(0.000001)).isEqualTo("1e-6");
        assertThat(Figures.number(-1.2345e20)).isEqualTo("-1.23e20");
        assertThat(Figures.number(Double.NaN)).isEqualTo("–");
        assertThat(Figures.number(Double.POSITIVE_INFINITY)).isEqualTo("–");
        assertThat(Figures.number(Double.MIN_VALUE)).isEqualTo("4.9e-324");
    }

    @Test
    void sharesNeverLookLikeAllOrNothingUnlessTheyAre() {
        assertThat(Figures.percent(1)).isEqualTo("100\u202f%");
        assertThat(Figures.percent(0.99999)).isEqualTo("> 99.9\u202f%");
        assertThat(Figures.percent(0)).isEqualTo("0\u202f%");
        assertThat(Figures.percent(0.00001)).isEqualTo("< 0.01\u202f%");
        assertThat(Figures.percent(0.1234)).isEqualTo("12.3\u202f%");
    }

    @Test
    void metricsAreWrittenTheirUsualWay() {
        assertThat(Figures.metric(Metric.ROC_AUC, 0.85)).isEqualTo("0.850");
        assertThat(Figures.metric(Metric.ROC_AUC, 1)).isEqualTo("1.000");
        assertThat(Figures.metric(Metric.LOG_LOSS, 0.0004321)).isEqualTo("0.000432");
        assertThat(Figures.metric(Metric.RMSE, 45_362.4)).isEqualTo("45,362");
        assertThat(Figures.metric(Metric.SMAPE, 9.431)).isEqualTo("9.431\u202f%");
        assertThat(Figures.metric(Metric.R2, Double.NaN)).isEqualTo("–");
    }

    @Test
    void timesAndSizesHaveUnitsOfTheirOrder() {
        assertThat(Figures.seconds(0.0123)).isEqualTo("12\u202fms");
        assertThat(Figures.seconds(2.25)).isEqualTo("2.3\u202fs");
        assertThat(Figures.seconds(61.4)).isEqualTo("61\u202fs");
        assertThat(Figures.seconds(200)).isEqualTo("3\u202fmin 20\u202fs");
        assertThat(Figures.seconds(9_000)).isEqualTo("2\u202fh 30\u202fmin");
        assertThat(Figures.bytes(999)).isEqualTo("999\u202fB");
        assertThat(Figures.bytes(1_234_567)).isEqualTo("1.2\u202fMB");
    }

    @Test
    void shorteningKeepsCharactersWhole() {
        assertThat(Figures.shortened("short", 10)).isEqualTo("short");
        assertThat(Figures.shortened("abcdefghij", 5)).isEqualTo("abcd…");
        assertThat(Figures.shortened("abc😀def", 5)).isEqualTo("abc…");
        assertThat(Figures.count(1, "row")).isEqualTo("1 row");
        assertThat(Figures.count(1234, "row")).isEqualTo("1,234 rows");
    }
}
