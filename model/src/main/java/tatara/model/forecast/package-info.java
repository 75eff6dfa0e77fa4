/** Fitted forecasting models. Starting points: {@link tatara.model.forecast.ForecastModel}, {@link tatara.model.forecast.Seasonality}. */
@NullMarked
package tatara.model.forecast;

import org.jspecify.annotations.NullMarked;
