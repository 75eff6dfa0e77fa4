package tatara.data.quality.history;

/**
 * A figure of a batch that is unlike those of the batches before.
 *
 * @param metric its name
 * @param value measured
 * @param low least value expected
 * @param high greatest value expected
 * @param chance probability of such a value, or one farther out, if nothing had changed
 * @param severe whether it is so far out that the batch should not be used: hardly any rows, or a column without values
 * @param text for people
 */
public record Anomaly(
        String metric, double value, double low, double high, double chance, boolean severe, String text) {}
