package tatara.train.forecast;

import java.util.Arrays;
import java.util.SplittableRandom;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;

/** 95 % intervals of a mean loss by drawing anew. */
final class Bootstrap {
    private static final int DRAWS = 1000;
    private static final long MOST_WORK = 20_000_000;

    private final Metric metric;
    private final long seed;

    Bootstrap(Metric metric, long seed) {
        this.metric = metric;
        this.seed = seed;
    }

    /** Draws single losses. */
    Interval means(double[] losses, double value) {
        return draw(losses, 1, value);
    }

    /** Draws blocks of neighbours, as long as the square root of their number. */
    Interval blocks(double[] losses, double value) {
        return draw(losses, Math.max(1, (int) Math.round(Math.sqrt(losses.length))), value);
    }

    private Interval draw(double[] losses, int block, double value) {
        int count = losses.length;
        if (count == 0) {
            return new Interval(value, value, value);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[(int) Math.max(100, Math.min(DRAWS, MOST_WORK / count))];
        for (int draw = 0; draw < means.length; draw++) {
            double sum = 0;
            int taken = 0;
            while (taken < count) {
                int from = random.nextInt(count - block + 1);
                for (int i = 0; i < block && taken < count; i++) {
                    sum += losses[from + i];
                    taken++;
                }
            }
            means[draw] = Accuracy.finish(metric, sum / count);
        }
        Arrays.sort(means);
        int tail = (int) (0.025 * means.length);
        return new Interval(value, Math.min(value, means[tail]), Math.max(value, means[means.length - 1 - tail]));
    }
}
