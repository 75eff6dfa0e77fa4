package tatara.train.learner;

/** The encoded columns of some rows, each block stored as it is cheapest to multiply. Not to be changed. */
final class LinearColumns {
    /** Some neighbouring columns. */
    sealed interface Block permits Dense, Codes, Sparse {
        int width();

        /** Adds {@code columns x weights} to the sums. */
        void multiply(double[] weights, int at, double[] sums);

        /** Adds {@code columns' x residuals} to the gradient. */
        void transpose(double[] residuals, double[] gradient, int at);
    }

    /** One column of numbers. */
    record Dense(float[] values) implements Block {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void multiply(double[] weights, int at, double[] sums) {
            double weight = weights[at];
            if (weight != 0) {
                for (int row = 0; row < values.length; row++) {
                    sums[row] += weight * values[row];
                }
            }
        }

        @Override
        public void transpose(double[] residuals, double[] gradient, int at) {
            double sum = 0;
            for (int row = 0; row < values.length; row++) {
                sum += residuals[row] * values[row];
            }
            gradient[at] += sum;
        }
    }

    /** One 0/1 column for each code; -1 is 0 in all of them. */
    record Codes(int[] codes, int width) implements Block {
        @Override
        public void multiply(double[] weights, int at, double[] sums) {
            for (int row = 0; row < codes.length; row++) {
                if (codes[row] >= 0) {
                    sums[row] += weights[at + codes[row]];
                }
            }
        }

        @Override
        public void transpose(double[] residuals, double[] gradient, int at) {
            for (int row = 0; row < codes.length; row++) {
                if (codes[row] >= 0) {
                    gradient[at + codes[row]] += residuals[row];
                }
            }
        }
    }

    /** One column that is mostly 0. */
    record Sparse(int[] rows, float[] values) implements Block {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void multiply(double[] weights, int at, double[] sums) {
            double weight = weights[at];
            if (weight != 0) {
                for (int i = 0; i < rows.length; i++) {
                    sums[rows[i]] += weight * values[i];
                }
            }
        }

        @Override
        public void transpose(double[] residuals, double[] gradient, int at) {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                sum += residuals[rows[i]] * values[i];
            }
            gradient[at] += sum;
        }
    }

    private final Block[] blocks;
    private final int rows;
    private final int width;

    LinearColumns(java.util.List<Block> blocks, int rows) {
        this.blocks = blocks.toArray(Block[]::new);
        this.rows = rows;
        this.width = blocks.stream().mapToInt(Block::width).sum();
    }

    int rows() {
        return rows;
    }

    int width() {
        return width;
    }

    /** {@code sums[row] = bias + columns x weights}. */
    void multiply(double[] weights, double bias, double[] sums) {
        java.util.Arrays.fill(sums, 0, rows, bias);
        int at = 0;
        for (Block block : blocks) {
            block.multiply(weights, at, sums);
            at += block.width();
        }
    }

    /** {@code gradient = columns' x residuals}. */
    void transpose(double[] residuals, double[] gradient) {
        java.util.Arrays.fill(gradient, 0, width, 0);
        int at = 0;
        for (Block block : blocks) {
            block.transpose(residuals, gradient, at);
            at += block.width();
        }
    }
}
