package tatara.train.learner;

/**
 * When boosting ends: after as many rounds without a lower loss on the rows left out as the adaptive patience
 * {@code max(floor, 20 + 0.3 best round)} allows (AutoGluon's rule). Not thread-safe.
 */
final class EarlyStopping {
    private static final double GROWTH = 0.3;
    private static final int BASE = 20;

    private final int floor;
    private double best = Double.NaN;
    private int bestRound = 1;

    EarlyStopping(int floor) {
        this.floor = floor;
    }

    /**
     * Takes the loss after a round.
     *
     * @param round from 1
     * @return whether to stop
     */
    boolean after(int round, double score) {
        boolean better = Double.isNaN(best) ? !Double.isNaN(score) : score < best;
        if (better) {
            best = score;
            bestRound = round;
        }
        return round - bestRound > Math.max(floor, BASE + GROWTH * bestRound);
    }

    int bestRound() {
        return bestRound;
    }
}
