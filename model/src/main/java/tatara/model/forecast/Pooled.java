package tatara.model.forecast;

/**
 * The series is forecast by a model shared by all series.
 *
 * @param model index among the forecast model's {@link StepModel}s
 */
public record Pooled(int model) implements Component {}
