package tatara.model.forecast;

/**
 * Level, damped slope and seasons: the path of exponential smoothing (Hyndman et al. 2008), double seasonal smoothing with an
 * autoregressive remainder (Taylor 2003), Theta (Assimakopoulos and Nikolopoulos 2000), and of the naive methods.
 *
 * @param form how level and seasons combine
 * @param level at the last observation, on the form's own scale
 * @param slope per step
 * @param damping of the slope, in [0, 1]; the slope's sum over h steps is slope · (d + d² + … + d^h)
 * @param seasons [period][season], the first element belongs to the first step ahead
 * @param remainder last one-step error that carries over
 * @param carry share of it that carries over per step, in (-1, 1)
 */
public record Structural(
        Form form, double level, double slope, double damping, double[][] seasons, double remainder, double carry)
        implements Component {

    /** How level and seasons combine. */
    public enum Form {
        /** level + seasons. */
        ADDITIVE,
        /** level × seasons. */
        MULTIPLICATIVE,
        /** exp(level + seasons). */
        LOGARITHMIC
    }

    /** The last season repeats; a period of 1 repeats the last value. */
    public static Structural repeating(double[] lastSeason) {
        return new Structural(Form.ADDITIVE, 0, 0, 1, new double[][] {lastSeason}, 0, 0);
    }

    /** A straight line. */
    public static Structural line(double level, double slope) {
        return new Structural(Form.ADDITIVE, level, slope, 1, new double[0][], 0, 0);
    }

    /** Writes the values 1 to {@code out.length} steps ahead. */
    public void path(double[] out) {
        double damp = 1;
        double rise = 0;
        double left = remainder;
        for (int step = 0; step < out.length; step++) {
            damp *= damping;
            rise += slope * damp;
            left *= carry;
            out[step] = combined(level + rise + left, step);
        }
    }

    private double combined(double base, int step) {
        double value = base;
        for (double[] season : seasons) {
            double part = season[step % season.length];
            value = form == Form.MULTIPLICATIVE ? value * part : value + part;
        }
        return form == Form.LOGARITHMIC ? Math.exp(value) : value;
    }
}
