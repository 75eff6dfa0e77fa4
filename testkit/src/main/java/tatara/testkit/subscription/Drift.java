package tatara.testkit.subscription;

/**
 * How the business changes: customers use the product less, and become more sensitive to what they pay.
 *
 * @param kind how it sets in
 * @param fromMonth first simulated month (0-based) that is affected
 * @param strength 0 for none, 1 for a change that raises the base rate by about half
 */
public record Drift(Kind kind, int fromMonth, double strength) {
    /** How a change sets in. */
    public enum Kind {
        NONE,
        /** Fully there from its first month on. */
        SUDDEN,
        /** Grows evenly from its first month to the last. */
        GRADUAL
    }

    public static Drift none() {
        return new Drift(Kind.NONE, 0, 0);
    }

    public static Drift sudden(int fromMonth, double strength) {
        return new Drift(Kind.SUDDEN, fromMonth, strength);
    }

    public static Drift gradual(int fromMonth, double strength) {
        return new Drift(Kind.GRADUAL, fromMonth, strength);
    }

    /** Strength reached in a month of a simulation of so many months. */
    double at(int month, int months) {
        return switch (kind) {
            case NONE -> 0;
            case SUDDEN -> month >= fromMonth ? strength : 0;
            case GRADUAL ->
                month < fromMonth ? 0 : strength * (month - fromMonth + 1) / Math.max(1, months - fromMonth);
        };
    }
}
