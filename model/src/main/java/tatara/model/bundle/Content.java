package tatara.model.bundle;

import tatara.core.frame.Frame;
import tatara.model.explain.Contributions;
import tatara.model.prediction.Predictions;

/** What a bundle scores with. Immutable, thread-safe. */
sealed interface Content permits TabularContent, ForecastContent {
    Predictions predict(Frame conformed);

    Contributions explain(Frame conformed);

    /** Tree nodes visited and products summed to score one row, as a mean over the sample's rows, rounded. */
    long operationsPerRow(Frame conformed);
}
