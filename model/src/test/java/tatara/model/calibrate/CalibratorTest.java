package tatara.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

class CalibratorTest {
    private record Holder(Calibrator calibrator) {}

    private static double[] apply(Calibrator calibrator, double... outputs) {
        calibrator.apply(outputs);
        return outputs;
    }

    @Test
    void identitySlopesLeaveProbabilities() {
        assertThat(apply(new SigmoidCalibrator(1, 0), 0.3)[0]).isEqualTo(0.3, within(1e-12));
        assertThat(apply(new TemperatureCalibrator(1), 0.3)[0]).isEqualTo(0.3, within(1e-12));
        assertThat(apply(new TemperatureCalibrator(1), 0.2, 0.3, 0.5))
                .containsExactly(new double[] {0.2, 0.3, 0.5}, within(1e-12));
        assertThat(apply(new NoCalibrator(), 7)).containsExactly(7);
    }

    @Test
    void temperaturesSoften() {
        assertThat(apply(new TemperatureCalibrator(2), 0.9)[0]).isEqualTo(0.75, within(1e-12));
    }

    @Test
    void isotonicInterpolatesBetweenKnots() {
        IsotonicCalibrator calibrator = new IsotonicCalibrator(new double[] {0.2, 0.4}, new double[] {0, 1});
        assertThat(apply(calibrator, 0.3)[0]).isEqualTo(0.5, within(1e-12));
        assertThat(apply(calibrator, 0.25)[0]).isEqualTo(0.25, within(1e-12));
        assertThat(apply(calibrator, 0.1)[0]).isGreaterThan(0).isLessThan(1e-5);
        assertThat(apply(calibrator, 0.9)[0]).isLessThan(1).isGreaterThan(0.99999);
    }

    @Test
    void extremesStayInsideAndSumsStayOne() {
        List<Calibrator> all = List.of(
                new SigmoidCalibrator(1.3, -0.2),
                new TemperatureCalibrator(0.5),
                new IsotonicCalibrator(new double[] {0.5}, new double[] {0}));
        for (Calibrator calibrator : all) {
            for (double probability : new double[] {0, 1, 1e-300}) {
                assertThat(apply(calibrator, probability)[0]).isGreaterThan(0).isLessThan(1);
            }
            double[] classes = apply(calibrator, 0, 0.25, 0.75);
            assertThat(classes[0] + classes[1] + classes[2]).isEqualTo(1, within(1e-12));
        }
    }

    @Test
    void areDocuments() {
        for (Calibrator calibrator : List.of(
                new NoCalibrator(),
                new SigmoidCalibrator(1.1, 0.2),
                new TemperatureCalibrator(3),
                new IsotonicCalibrator(new double[] {0.1, 0.2}, new double[] {0.3, 0.4}))) {
            String text = JsonText.write(RecordCodec.write(new Holder(calibrator)));
            Holder read = RecordCodec.read(Holder.class, "test", JsonText.read("test", text));
            assertThat(apply(read.calibrator(), 0.15)).isEqualTo(apply(calibrator, 0.15));
        }
    }

    @Test
    void refuseNonsense() {
        assertThatThrownBy(() -> new TemperatureCalibrator(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IsotonicCalibrator(new double[] {1, 1}, new double[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SigmoidCalibrator(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linksDoNotOverflow() {
        double[] margins = {1e300, -1e300, 0};
        Link.SOFTMAX.apply(margins);
        assertThat(margins).containsExactly(1, 0, 0);
        double[] log = {1e300};
        Link.EXPM1.apply(log);
        assertThat(Double.isFinite(log[0])).isTrue();
        assertThat(Link.sigmoid(-1e300)).isZero();
        double[] paths = {1};
        Link.HALF_POWER.apply(paths);
        assertThat(paths[0]).isEqualTo(0.5);
    }
}
