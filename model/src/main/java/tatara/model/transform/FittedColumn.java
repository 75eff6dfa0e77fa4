package tatara.model.transform;

import java.util.List;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.Kind;

/** What was learnt of one column: the whole description of its part of the transform, as a document. */
public sealed interface FittedColumn
        permits FittedColumn.Numeric, FittedColumn.Category, FittedColumn.Calendar, FittedColumn.Text {
    /** Raw column. */
    String column();

    /** Kind that the raw column has in a frame. */
    Kind input();

    /**
     * A number, clipped.
     *
     * @param input a text counts as a number by its digits, {@code true} as 1 and {@code false} as 0
     */
    record Numeric(String column, Kind input, Optional<Double> clipLow, Optional<Double> clipHigh)
            implements FittedColumn {}

    /**
     * A category.
     *
     * @param input a number is the level of its shortest decimal
     * @param levels the level's code is its position; at least one
     */
    record Category(String column, Kind input, List<String> levels) implements FittedColumn {
        public Category {
            if (levels.isEmpty()) {
                throw new IllegalArgumentException("levels of " + column + ": none (expected: at least one)");
            }
        }
    }

    /**
     * Parts of a time, in UTC.
     *
     * @param origin microseconds since the epoch from which {@link FeatureDesign.Part#ELAPSED} counts seconds: the least time of
     *     the training rows, so that a float keeps seconds apart
     */
    record Calendar(String column, List<FeatureDesign.Part> parts, long origin) implements FittedColumn {
        @Override
        public Kind input() {
            return Kind.TIME;
        }
    }

    /**
     * A text: length in characters, number of words, and TF-IDF terms of unit length.
     *
     * @param terms words, and pairs of words joined by a space
     * @param weights inverse document frequency of each term
     * @param pairs whether neighbouring words make terms
     */
    record Text(String column, List<String> terms, double[] weights, boolean pairs) implements FittedColumn {
        public Text {
            if (terms.size() != weights.length) {
                throw new IllegalArgumentException(
                        "weights of " + column + ": " + weights.length + " (expected: " + terms.size() + ")");
            }
        }

        @Override
        public Kind input() {
            return Kind.TEXT;
        }
    }
}
