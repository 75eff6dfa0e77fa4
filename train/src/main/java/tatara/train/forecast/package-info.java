/** Forecasting: series read and cleaned, methods fitted, weighted, and judged. Starting point: {@link ForecastTraining}. */
@NullMarked
package tatara.train.forecast;

import org.jspecify.annotations.NullMarked;
