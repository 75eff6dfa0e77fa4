package tatara.model.explain;

/**
 * What each raw column contributed to the predictions of some rows: {@code base + sum(values[row])} is what is explained: the
 * log-odds for two classes, the explained class's margin for several, the value otherwise, each as the weighted mean over the
 * ensemble's models, before the calibrator.
 *
 * @param columns raw columns
 * @param base what is expected without knowing any column; NaN if rows explain different classes
 * @param values [row][column]
 */
public record Contributions(String[] columns, double base, double[][] values) {
    /** Mean absolute contribution of each column over the rows; 0 without rows. */
    public double[] meanAbsolute() {
        double[] means = new double[columns.length];
        for (double[] row : values) {
            for (int column = 0; column < means.length; column++) {
                means[column] += Math.abs(row[column]) / values.length;
            }
        }
        return means;
    }
}
