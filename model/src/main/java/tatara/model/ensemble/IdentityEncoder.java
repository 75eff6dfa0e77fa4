package tatara.model.ensemble;

/**
 * The shared feature vector as it is.
 *
 * @param width its length
 */
public record IdentityEncoder(int width) implements Encoder {
    @Override
    public void encode(float[] features, float[] encoded) {
        System.arraycopy(features, 0, encoded, 0, width);
    }
}
