package tatara.model.transform;

import java.util.List;
import tatara.core.frame.Frame;

/**
 * The fitted row-wise transform from raw columns to the shared feature vector; the same code in training, the server, batch
 * and stream. Immutable, thread-safe.
 */
public interface FeatureTransform {
    /** The features, in the order of the vector. */
    List<OutputFeature> outputs();

    /** Raw columns that are read, with the kinds they must have in a frame. */
    List<tatara.core.frame.Field> inputs();

    /**
     * Transforms a batch.
     *
     * @param frame holds at least the {@link #inputs()}, in any order
     * @param out [feature][offset + row] receives the numbers; NaN is missing
     */
    void apply(Frame frame, float[][] out, int offset);
}
