package tatara.core.evidence;

import tatara.core.run.Evaluation;

/**
 * What phase 2's steps really produced, for phases 3 and 4. Only figures that are the same on every run of the same inputs, so
 * that hand-offs are too; timings belong to the run's record.
 *
 * @param evaluation on the hold-out
 * @param bundleBytes size of the bundle
 * @param operationsPerRow tree nodes visited and products summed to score one row, mean over the hold-out
 * @param inputColumns raw columns of a request
 * @param trainRows rows trained on
 * @param dataBytes bytes of the sources
 */
public record ModelEvidence(
        Evaluation evaluation,
        long bundleBytes,
        long operationsPerRow,
        int inputColumns,
        long trainRows,
        long dataBytes) {}
