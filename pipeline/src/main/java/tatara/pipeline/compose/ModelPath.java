package tatara.pipeline.compose;

import java.nio.file.Path;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.frame.Frame;
import tatara.core.run.Evaluation;

/** How one kind of task gets from features to an evaluated bundle. */
interface ModelPath {
    /** What the ML engineer looks at. */
    FeatureEvidence evidence();

    /** Trains as designed and evaluates on the sealed hold-out. */
    Result train(TrainingDesign design);

    /** Some recorded rows of the model's inputs, for checks. */
    Frame sample(int rows);

    /** The bundle within a step's result, apart from what else the step keeps. */
    static Path bundle(Path result) {
        return result.resolve("bundle");
    }

    /**
     * What training gave.
     *
     * @param bundle directory of the bundle
     * @param bundleKey key of its content
     * @param scorerDifference greatest difference between native and Java scorers; NaN if there was no native one
     * @param trainRows rows trained on
     */
    record Result(Path bundle, String bundleKey, Evaluation evaluation, double scorerDifference, long trainRows) {}
}
