package tatara.train.learner;

/**
 * One configuration of one learner on one set of data. Thread-safe: folds may be trained side by side. The same data, fold and
 * parameters give the same bits.
 */
public sealed interface Learner permits LightGbmLearner, XgboostLearner, LinearLearner, ExtraTreesLearner {
    /** Trains one fold on the calling thread. */
    FoldResult train(Fold fold);
}
