package tatara.train.forecast;

import tatara.core.frame.Frame;
import tatara.core.run.Evaluation;
import tatara.model.forecast.ForecastModel;

/**
 * What training gives.
 *
 * @param model fitted on all observations, the hold-out included
 * @param evaluation of the same candidates and weights fitted without the hold-out
 * @param holdout forecasts of the hold-out that the evaluation was computed from: {@code series}, {@code time} or {@code step},
 *     {@code ahead}, {@code actual}, {@code prediction}, {@code lower}, {@code upper}, {@code scale} (of MASE); only observed steps
 */
public record ForecastResult(ForecastModel model, Evaluation evaluation, Frame holdout) {}
