package tatara.model.forecast;

/**
 * A model shared by all series: from {@link WindowFeatures} to the departure from the seasonal naive forecast, in the window's
 * scale. Immutable, thread-safe.
 */
public sealed interface StepModel permits LinearSteps {
    /** @param ahead from 1 to the horizon */
    double departure(float[] features, int ahead);
}
