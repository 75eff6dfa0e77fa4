package tatara.train.learner;

import org.jspecify.annotations.Nullable;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.spec.Metric;

/**
 * Makes the learners of candidates on one set of data and owns what they share: labels on the learners' scale and LightGBM's binned
 * rows. To be closed after the last fold has ended. Thread-safe.
 */
public final class Learners implements AutoCloseable {
    private final TrainingData data;
    private final Metric metric;
    private final long seed;
    private final LabelScale scale;
    private final float[] labels;
    private @Nullable LightGbmDataset dataset;

    /** @param metric the leading metric: learners stop by it where they can */
    public Learners(TrainingData data, Metric metric, long seed) {
        this.data = data;
        this.metric = metric;
        this.seed = seed;
        this.scale = LabelScale.of(data);
        this.labels = scale.labels(data);
    }

    /** @throws TataraException with {@code UNKNOWN_PARAMETER} for a learner or parameter that tables don't know */
    public Learner of(Candidate candidate) {
        return switch (candidate.learner()) {
            case LIGHTGBM ->
                new LightGbmLearner(data, dataset(), scale, metric, parameters(candidate, LightGbmLearner.known()));
            case XGBOOST ->
                new XgboostLearner(data, scale, labels, metric, parameters(candidate, XgboostLearner.known()));
            case EXTRA_TREES -> new ExtraTreesLearner(data, scale, parameters(candidate, ExtraTreesLearner.known()));
            case LINEAR -> new LinearLearner(data, scale, labels, parameters(candidate, LinearLearner.known()));
            default ->
                throw new TataraException(
                        TrainErrorCode.UNKNOWN_PARAMETER,
                        Fault.of("learner " + candidate.learner() + " does not learn a table's target")
                                .at("candidate " + candidate.id())
                                .expecting("lightgbm, xgboost, extra-trees or linear"));
        };
    }

    private static Parameters parameters(Candidate candidate, java.util.Set<String> known) {
        return new Parameters(candidate.id(), candidate.parameters(), known);
    }

    private synchronized LightGbmDataset dataset() {
        if (dataset == null) {
            dataset = LightGbmDataset.of(data, labels, seed);
        }
        return dataset;
    }

    @Override
    public synchronized void close() {
        if (dataset != null) {
            dataset.close();
            dataset = null;
        }
    }
}
