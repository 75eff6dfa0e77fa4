package tatara.core.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A measure of a model's quality, by its usual name. */
public enum Metric {
    ROC_AUC(true),
    AVERAGE_PRECISION(true),
    LOG_LOSS(false),
    BRIER(false),
    ACCURACY(true),
    BALANCED_ACCURACY(true),
    F1(true),
    PRECISION(true),
    RECALL(true),
    PRECISION_AT_K(true),
    RMSE(false),
    MAE(false),
    MAPE(false),
    R2(true),
    SMAPE(false),
    MASE(false);

    private final boolean higherIsBetter;

    Metric(boolean higherIsBetter) {
        this.higherIsBetter = higherIsBetter;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** Whether {@code a} is strictly better than {@code b}; NaN is never better. */
    public boolean isBetter(double a, double b) {
        return Double.isNaN(b) ? !Double.isNaN(a) : higherIsBetter ? a > b : a < b;
    }

    /** The name in documents and on the command line, such as {@code roc_auc}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Metric> ofKey(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }
}
