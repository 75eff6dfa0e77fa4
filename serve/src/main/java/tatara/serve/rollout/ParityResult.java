package tatara.serve.rollout;

import java.util.List;

/**
 * What the comparison of the paths found.
 *
 * @param rows rows that were sent over each path
 * @param maxDifference greatest absolute difference of a number, relative to the expected one where that is above 1; infinite if
 *     a number is missing
 * @param mismatches the first ones, {@link ParityGate#LISTED} at most
 * @param mismatchCount all of them
 */
public record ParityResult(int rows, double maxDifference, List<Mismatch> mismatches, int mismatchCount) {
    public ParityResult {
        mismatches = List.copyOf(mismatches);
    }

    /** Whether every path answered what was expected. */
    public boolean passed() {
        return mismatchCount == 0;
    }

    /**
     * One value that differs.
     *
     * @param row position in the recorded rows, from 0
     * @param path {@code /predict} or {@code /v2}
     * @param value {@code prediction}, {@code probability_CLASS}, {@code lower}, {@code upper}, {@code score}, or {@code response}
     *     if there was none
     */
    public record Mismatch(int row, String path, String value, String expected, String got) {}
}
