package tatara.testkit.subscription;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Daily new subscriptions by country, for forecasts: a level with a slow trend, a weekly cycle, and Poisson noise around their
 * product. Immutable.
 *
 * @param days days, at least 1
 * @param seed same seed: same bytes
 * @param firstDay first day
 */
public record DailySignups(int days, long seed, LocalDate firstDay) {
    private static final String[] COUNTRIES = {"DE", "FR", "IT"};
    private static final double[] LEVELS = {42, 27, 16};
    private static final double[] GROWTH_PER_YEAR = {0.20, -0.10, 0.35};
    private static final double[] WEEK = {1.15, 1.10, 1.05, 1.00, 0.90, 0.80, 1.00};

    /** Mean number of sign-ups that the series are drawn around. */
    public double expected(int series, int day) {
        int weekday = firstDay.plusDays(day).getDayOfWeek().getValue() - 1;
        double depth = 1 + 0.5 * series;
        double week = 1 + depth * (WEEK[weekday] - 1);
        return LEVELS[series] * (1 + GROWTH_PER_YEAR[series] * day / 365.0) * week;
    }

    /** Writes the columns {@code date,country,signups}, by date and country. */
    public void write(Path file) throws IOException {
        Draws draws = new Draws(seed, 0, 20);
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("date,country,signups\n");
            for (int day = 0; day < days; day++) {
                for (int series = 0; series < COUNTRIES.length; series++) {
                    int count = draws.poisson(expected(series, day));
                    out.write(firstDay.plusDays(day) + "," + COUNTRIES[series] + "," + count + "\n");
                }
            }
        }
    }
}
