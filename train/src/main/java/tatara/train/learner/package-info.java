/** Learners: from the rows of a fold to a fitted scorer in pure Java, each one thread, each the same bits for the same seed. */
@NullMarked
package tatara.train.learner;

import org.jspecify.annotations.NullMarked;
