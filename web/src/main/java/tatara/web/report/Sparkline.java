package tatara.web.report;

import java.util.Locale;

/** A histogram as a drawing of a few words' size, in SVG that takes the text's colour. */
final class Sparkline {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 24;
    private static final int BARS = 24;

    private Sparkline() {}

    /** @param counts non-negative, in order; more than a drawing can show are summed in groups */
    static String svg(double[] counts) {
        double[] bars = grouped(counts);
        double greatest = 0;
        for (double bar : bars) {
            greatest = Math.max(greatest, bar);
        }
        if (bars.length == 0 || !(greatest > 0)) {
            return "";
        }
        double step = (double) WIDTH / bars.length;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < bars.length; i++) {
            double height = bars[i] <= 0 ? 0 : Math.max(1, bars[i] / greatest * HEIGHT);
            path.append(String.format(
                    Locale.ROOT,
                    "M%.1f %dV%.1fH%.1fV%d",
                    i * step,
                    HEIGHT,
                    HEIGHT - height,
                    (i + 1) * step - Math.min(1, step / 4),
                    HEIGHT));
        }
        return "<svg class=\"spark\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" aria-hidden=\"true\"><path d=\""
                + path + "\"/></svg>";
    }

    private static double[] grouped(double[] counts) {
        if (counts.length <= BARS) {
            return counts;
        }
        double[] bars = new double[BARS];
        for (int i = 0; i < counts.length; i++) {
            bars[(int) ((long) i * BARS / counts.length)] += Double.isFinite(counts[i]) ? counts[i] : 0;
        }
        return bars;
    }
}
