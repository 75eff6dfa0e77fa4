package tatara.model.forecast;

/** One fitted method of one series. */
public sealed interface Component permits Structural, Autoregression, Pooled {}
