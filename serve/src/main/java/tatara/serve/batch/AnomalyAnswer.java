package tatara.serve.batch;

import tatara.model.bundle.Signature;

/** From an anomaly's score to the word that is answered, the same in every path. */
public final class AnomalyAnswer {
    /** Said of a row that does not fit the rest. */
    public static final String ANOMALY = "anomaly";

    /** Said of any other row. */
    public static final String NORMAL = "normal";

    private static final double EVEN = 0.5;

    private AnomalyAnswer() {}

    /** {@link #ANOMALY} from the signature's threshold on, 0.5 if it has none. */
    public static String of(Signature signature, double score) {
        boolean given = signature.threshold() > 0 && signature.threshold() <= 1;
        return score >= (given ? signature.threshold() : EVEN) ? ANOMALY : NORMAL;
    }
}
