package tatara.model.forecast;

/**
 * The series is forecast by a model shared by all series.
 *
 * @param model index among the forecast model's {@link BoostedSteps}s
 */
public record Pooled(int model) implements Component {}
