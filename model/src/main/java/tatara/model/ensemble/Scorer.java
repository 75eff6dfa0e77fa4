package tatara.model.ensemble;

/** A fitted model on an encoded feature vector. Immutable, thread-safe, no allocation per row. */
public interface Scorer {
    /**
     * Numbers written per row: 1 for regression and binary (the probability of class 1), the number of classes for multiclass
     * (probabilities that sum to 1).
     */
    int outputs();

    /**
     * Scores one row on the output scale (the link is applied).
     *
     * @param encoded the encoder's output; NaN is missing
     * @param out receives {@link #outputs()} numbers
     */
    void score(float[] encoded, double[] out);
}
