package tatara.data.version;

import org.hipparchus.special.Gamma;

/** The chi-square distribution. */
final class ChiSquare {
    private ChiSquare() {}

    /** Probability of a value above {@code statistic}; 1 without degrees of freedom. */
    static double above(double statistic, int degrees) {
        return degrees < 1 || !(statistic > 0) ? 1 : Gamma.regularizedGammaQ(degrees / 2.0, statistic / 2);
    }
}
