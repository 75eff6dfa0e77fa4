package tatara.train.learner;

import java.util.function.BooleanSupplier;

/**
 * One fold to train.
 *
 * @param train rows to learn from, ascending, at least one
 * @param valid rows left out: they stop the learner early and receive out-of-fold predictions, ascending, at least one
 * @param seed of every random choice
 * @param abort whether training must end now, with the best model so far; asked now and then
 */
public record Fold(int[] train, int[] valid, long seed, BooleanSupplier abort) {
    public Fold {
        if (train.length == 0 || valid.length == 0) {
            throw new IllegalArgumentException(
                    "fold: " + train.length + " and " + valid.length + " rows (expected: at least one of each)");
        }
    }

    /** The seed as native learners want it: a non-negative int. */
    int intSeed() {
        return (int) (seed ^ (seed >>> 32)) & 0x3FFFFFFF;
    }
}
