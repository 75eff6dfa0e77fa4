package tatara.model.ensemble;

/** What one fold trained. */
public record FoldModel(Encoder encoder, Scorer scorer) {
    /**
     * Encodes and scores rows on the output scale.
     *
     * @param features the shared features, [feature][row]
     * @return [row][output]
     */
    public double[][] score(float[][] features, int rows) {
        double[][] scores = new double[rows][scorer.outputs()];
        float[] encoded = new float[encoder.width()];
        RowBlocks.forEach(features, rows, (row, shared) -> {
            encoder.encode(shared, encoded);
            scorer.score(encoded, scores[row]);
        });
        return scores;
    }
}
