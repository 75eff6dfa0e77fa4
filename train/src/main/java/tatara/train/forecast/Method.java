package tatara.train.forecast;

import java.util.Optional;
import tatara.model.forecast.Component;

/** One kind of method, fitted to a series alone. Thread-safe. */
interface Method {
    /**
     * Fits the method.
     *
     * @param values the series so far, at least one value
     * @param known [step][input] inputs known in advance at the values; empty without inputs
     * @return empty if the series is too short for it
     */
    Optional<Component> fit(double[] values, double[][] known);
}
