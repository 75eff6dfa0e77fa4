package tatara.core.run;

/** What one step of a run took; {@code reused} if its result was there already. */
public record StepTiming(String step, int phase, String title, double seconds, boolean reused) {}
