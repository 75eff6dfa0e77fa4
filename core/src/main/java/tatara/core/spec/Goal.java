package tatara.core.spec;

/**
 * What the user demands of the hold-out's metric, such as {@code roc_auc>=0.8}.
 *
 * @param atLeast true for {@code >=}, false for {@code <=}
 */
public record Goal(Metric metric, boolean atLeast, double value) {
    public boolean isMetBy(double measured) {
        return atLeast ? measured >= value : measured <= value;
    }
}
