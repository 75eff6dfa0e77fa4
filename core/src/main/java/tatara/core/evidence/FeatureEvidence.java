package tatara.core.evidence;

import java.util.List;
import java.util.Map;

/**
 * What phase 1's steps really produced, for phase 2's specialists.
 *
 * @param trainRows rows outside the hold-out
 * @param holdoutRows rows of the hold-out
 * @param width length of the shared feature vector
 * @param categoryFeatures how many of them are categories
 * @param greatestLevels levels of the richest category
 * @param termFeatures how many of them are text terms
 * @param missingShare share of missing numbers in the feature matrix
 * @param classes rows of each class among the training rows, most frequent first; empty without classes
 * @param series number of series of a forecast, 0 otherwise
 * @param baselines cross-validated leading metric of each baseline on training rows, by name
 * @param cores processors the run may use
 * @param heapMegabytes heap the run may use
 */
public record FeatureEvidence(
        long trainRows,
        long holdoutRows,
        int width,
        int categoryFeatures,
        int greatestLevels,
        int termFeatures,
        double missingShare,
        List<ValueCount> classes,
        long series,
        Map<String, Double> baselines,
        int cores,
        int heapMegabytes) {}
