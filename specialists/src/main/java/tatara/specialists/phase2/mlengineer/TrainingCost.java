package tatara.specialists.phase2.mlengineer;

import java.util.Map;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Task;

/**
 * What a candidate costs, as a function of rows, features, outputs, trees and folds. The rates are processor seconds measured on
 * two cores of a virtual machine (2.5 GHz or so) with LightGBM 4.3 and XGBoost 3.4 on five sets of 1,000 to 48,000 rows, one thread
 * each, and rounded up by half, because planning too little is worse than planning too much.
 */
final class TrainingCost {
    private static final double SECONDS_PER_ROUND = 150e-6;
    private static final double SECONDS_PER_ROW = 50e-9;
    private static final double SECONDS_PER_CELL_LEVEL = 1.2e-9;
    private static final double LIGHTGBM_SECONDS_PER_BIN = 4.5e-9;
    private static final double XGBOOST_SECONDS_PER_BIN = 12e-9;
    private static final double FOREST_SECONDS_PER_VISIT = 20e-9;
    private static final double LINEAR_SECONDS_PER_PRODUCT = 0.8e-9;
    private static final double SECONDS_PER_FOLD = 0.02;
    private static final double SECONDS_PER_PREPARED_CELL = 60e-9;
    private static final int BINS = 255;
    private static final double LEAST_BINS = 40;
    private static final double WIDE = 100;
    private static final double USUAL_LEVELS = 10;
    private static final double LINEAR_PATH_ROWS = 10_000;
    private static final double LINEAR_PATH_PRODUCTS = 600;
    private static final double LINEAR_FIT_PRODUCTS = 120;
    private static final double FOREST_ROWS = 200_000;

    private final double rows;
    private final double width;
    private final double numbers;
    private final double categories;
    private final double levels;
    private final double outputs;
    private final int fits;
    private final double threads;
    private final int folds;

    TrainingCost(Task task, FeatureEvidence evidence, double rows, int folds, int repeats, int threads) {
        this.rows = rows;
        this.width = Math.max(1, evidence.width());
        this.categories = evidence.categoryFeatures();
        this.numbers = width - Math.min(width, categories);
        this.levels = Math.min(USUAL_LEVELS, Math.max(1, evidence.greatestLevels()));
        this.outputs = task == Task.MULTICLASS ? Math.max(2, evidence.classes().size()) : 1;
        this.fits = folds * repeats;
        this.folds = folds;
        this.threads = threads;
    }

    /** Seconds of wall-clock time for all folds, if boosting takes so many rounds. */
    double seconds(Learner learner, Map<String, Double> parameters, double rounds) {
        double fit = SECONDS_PER_FOLD
                + switch (learner) {
                    case LIGHTGBM -> rounds * lightGbmRound(parameters);
                    case XGBOOST ->
                        rounds * xgboostRound(parameters)
                                + rows * (numbers + categories * levels) * SECONDS_PER_PREPARED_CELL;
                    case EXTRA_TREES -> forest(parameters);
                    case LINEAR -> linear();
                    default -> 0;
                };
        double waves = Math.ceil(fits / threads) / fits;
        return fit * fits * waves;
    }

    private double trained() {
        return rows * (folds - 1) / folds;
    }

    private double lightGbmRound(Map<String, Double> parameters) {
        double leaves = Math.min(parameters.getOrDefault("num_leaves", 31.0), Math.max(2, trained() / 20));
        double share = parameters.getOrDefault("feature_fraction", 1.0);
        return round(
                leaves, width * share, (numbers * bins() + categories * levels) * share * LIGHTGBM_SECONDS_PER_BIN);
    }

    private double xgboostRound(Map<String, Double> parameters) {
        double leaves = Math.min(Math.pow(2, parameters.getOrDefault("max_depth", 6.0)), Math.max(2, trained() / 20));
        double share = parameters.getOrDefault("colsample_bytree", 1.0);
        double columns = numbers + categories * levels;
        return round(leaves, columns * share, (numbers * bins() + columns * 2) * share * XGBOOST_SECONDS_PER_BIN);
    }

    /** One tree for each output: gradients and scores, histograms by level, and the search of every leaf's bins. */
    private double round(double leaves, double features, double secondsPerLeaf) {
        double depth = Math.max(1, Math.log(leaves) / Math.log(2) / 2);
        return outputs
                * (SECONDS_PER_ROUND
                        + rows * SECONDS_PER_ROW
                        + trained() * features * depth * SECONDS_PER_CELL_LEVEL
                        + leaves * secondsPerLeaf);
    }

    /** Distinct values of a number, as LightGBM bins them; wide tables are mostly counts and flags, which have few. */
    private double bins() {
        double dense = Math.min(BINS, trained() / 3);
        double share = Math.sqrt(Math.min(1, WIDE / width));
        return Math.min(dense, Math.max(LEAST_BINS, dense * share));
    }

    private double forest(Map<String, Double> parameters) {
        double seen = Math.min(trained(), parameters.getOrDefault("fit_rows", FOREST_ROWS));
        double tried = Math.max(1, parameters.getOrDefault("feature_share", 0.5) * width);
        double leaf = parameters.getOrDefault("min_leaf", 3.0);
        double depth = Math.max(1, Math.log(Math.max(2, seen / leaf)) / Math.log(2)) * 1.3;
        double visits = parameters.getOrDefault("trees", 100.0) * seen * (tried + 2) * depth;
        return visits * FOREST_SECONDS_PER_VISIT * (1 + outputs / 8);
    }

    private double linear() {
        double path = Math.min(LINEAR_PATH_ROWS, trained()) * LINEAR_PATH_PRODUCTS;
        double fit = Math.min(FOREST_ROWS, trained()) * LINEAR_FIT_PRODUCTS;
        return (path + fit) * (width + categories) * outputs * LINEAR_SECONDS_PER_PRODUCT;
    }
}
