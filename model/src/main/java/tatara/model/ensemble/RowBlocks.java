package tatara.model.ensemble;

/** Rows cut from a column-wise matrix, block by block, so that both sides stay in the processor's cache. */
final class RowBlocks {
    private static final int BLOCK = 64;

    /** What is done with a row. */
    interface RowVisitor {
        void visit(int row, float[] features);
    }

    private RowBlocks() {}

    /**
     * @param features [feature][row]
     * @param visitor the array it is handed is reused
     */
    static void forEach(float[][] features, int rows, RowVisitor visitor) {
        float[][] block = new float[Math.min(BLOCK, rows)][features.length];
        for (int start = 0; start < rows; start += BLOCK) {
            int size = Math.min(BLOCK, rows - start);
            for (int feature = 0; feature < features.length; feature++) {
                float[] column = features[feature];
                for (int i = 0; i < size; i++) {
                    block[i][feature] = column[start + i];
                }
            }
            for (int i = 0; i < size; i++) {
                visitor.visit(start + i, block[i]);
            }
        }
    }
}
