package tatara.model.ensemble;

/**
 * Some of the features.
 *
 * @param features index of the shared feature for each encoded column, not copied
 */
public record SubsetEncoder(int[] features) implements Encoder {
    @Override
    public int width() {
        return features.length;
    }

    @Override
    public void encode(float[] shared, float[] encoded) {
        for (int i = 0; i < features.length; i++) {
            encoded[i] = shared[features[i]];
        }
    }

    @Override
    public int source(int column) {
        return features[column];
    }
}
