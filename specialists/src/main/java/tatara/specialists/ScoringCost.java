package tatara.specialists;

import tatara.core.evidence.ModelEvidence;

/**
 * What one prediction costs, planned from counts that are the same on every machine. The constants are planning values for one
 * core of a current server; live latency is measured by the server itself.
 *
 * @param rowNanos one row: its operations and the reading of its cells
 * @param requestNanos one request, whatever its rows
 */
public record ScoringCost(double rowNanos, double requestNanos) {
    /** One visit of a tree node or one product: a compare, and often a cache miss. */
    public static final double NANOS_PER_OPERATION = 8;

    /** Reading one cell of JSON and transforming it. */
    public static final double NANOS_PER_CELL = 500;

    /** Reading a request, routing it, writing the answer. */
    public static final double NANOS_PER_REQUEST = 150_000;

    public static ScoringCost of(ModelEvidence evidence) {
        double row = NANOS_PER_OPERATION * evidence.operationsPerRow() + NANOS_PER_CELL * evidence.inputColumns();
        return new ScoringCost(Math.max(1, row), NANOS_PER_REQUEST);
    }

    /** Milliseconds of a request of so many rows. */
    public double millis(long rows) {
        return (requestNanos + rows * rowNanos) / 1e6;
    }

    /** How the cost was computed, for decisions. */
    public String formula() {
        return Figures.number(NANOS_PER_OPERATION) + " ns an operation, " + Figures.number(NANOS_PER_CELL)
                + " ns a cell, " + Figures.number(NANOS_PER_REQUEST / 1000) + " µs a request (planning constants)";
    }
}
