package tatara.model.ensemble;

/**
 * From the shared feature vector to the one that a single fold's scorer sees: identity for trees with native categories,
 * target means, one-hot and standardisation for linear models. Fitted on the fold's training rows only. Immutable, thread-safe.
 */
public interface Encoder {
    /** Length of the encoded vector. */
    int width();

    /**
     * @param features the {@link tatara.model.transform.FeatureTransform}'s output for one row
     * @param encoded receives {@link #width()} numbers
     */
    void encode(float[] features, float[] encoded);

    /**
     * The shared feature that an encoded column is computed from, so that explanations lead back to raw columns.
     *
     * @param column index in the encoded vector
     * @return index in the shared feature vector
     */
    default int source(int column) {
        return column;
    }
}
