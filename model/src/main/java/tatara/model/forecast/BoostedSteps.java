package tatara.model.forecast;

import tatara.model.tree.TreeEnsemble;

/**
 * Boosted trees shared by all series and all steps ahead: from {@link WindowFeatures} to the departure from the seasonal naive
 * forecast, in the window's scale. Immutable, thread-safe.
 *
 * @param trees one output
 * @param limit greatest departure in either direction
 */
public record BoostedSteps(TreeEnsemble trees, double limit) {
    /** The departure for one row of features. */
    public double departure(float[] features) {
        double[] out = new double[1];
        trees.score(features, out);
        return Math.max(-limit, Math.min(limit, out[0]));
    }
}
