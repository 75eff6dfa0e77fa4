package tatara.data.profile;

/**
 * The most frequent gap between consecutive distinct times.
 *
 * @param micros its length in microseconds
 * @param share how many of all gaps equal it, in [0, 1]
 */
record Rhythm(long micros, double share) {
    static final Rhythm NONE = new Rhythm(0, 0);
    private static final double REGULAR = 0.5;

    boolean isRegular() {
        return share >= REGULAR;
    }
}
