package tatara.train.forecast;

import java.util.Arrays;

/** Seasonal periods of a design, as far as a series is long enough for them. */
final class Periods {
    private Periods() {}

    /** The periods of which at least two cycles fit, ascending. */
    static int[] seenTwice(int[] periods, int length) {
        return Arrays.stream(periods)
                .filter(period -> period >= 2 && 2 * period <= length)
                .sorted()
                .distinct()
                .toArray();
    }
}
