package tatara.testkit.subscription;

/**
 * Random numbers that are the same on every machine and Java version: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), with
 * {@link StrictMath} for everything derived. Streams of different keys are independent. Not thread-safe.
 */
final class Draws {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Draws(long seed, long key, long purpose) {
        state = mix(seed + GAMMA * mix(key + GAMMA * mix(purpose)));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0 … bound − 1. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Standard normal (Box and Muller 1958). */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - uniform());
    }

    /** Poisson with a small mean (Knuth's product of uniforms); exact, time proportional to the mean. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = uniform();
        int count = 0;
        while (product > limit) {
            count++;
            product *= uniform();
        }
        return count;
    }

    /** Index drawn by cumulative weights that end at 1. */
    int pick(double[] cumulative) {
        double at = uniform();
        int index = 0;
        while (index < cumulative.length - 1 && at >= cumulative[index]) {
            index++;
        }
        return index;
    }
}
