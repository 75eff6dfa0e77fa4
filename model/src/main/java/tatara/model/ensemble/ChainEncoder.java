package tatara.model.ensemble;

/**
 * One encoder after the other.
 *
 * @param first sees the shared feature vector
 * @param second sees what {@code first} wrote
 */
public record ChainEncoder(Encoder first, Encoder second) implements Encoder {
    @Override
    public int width() {
        return second.width();
    }

    @Override
    public void encode(float[] features, float[] encoded) {
        float[] between = new float[first.width()];
        first.encode(features, between);
        second.encode(between, encoded);
    }

    @Override
    public int source(int column) {
        return first.source(second.source(column));
    }
}
