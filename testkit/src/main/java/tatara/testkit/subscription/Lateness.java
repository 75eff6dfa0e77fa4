package tatara.testkit.subscription;

/**
 * How long events take to become known. An event arrives on its own day, or late by an exponential delay.
 *
 * @param share share of events that are late, in [0, 1]
 * @param meanDays mean delay of those, in days
 */
public record Lateness(double share, double meanDays) {
    public static Lateness none() {
        return new Lateness(0, 0);
    }

    int delayDays(Draws draws) {
        return share > 0 && draws.chance(share) ? (int) Math.ceil(draws.exponential(meanDays)) : 0;
    }
}
