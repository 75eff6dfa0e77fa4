package tatara.core.run;

/** A value with its 95 % confidence interval. */
public record Interval(double value, double low, double high) {}
