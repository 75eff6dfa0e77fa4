package tatara.model.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Column;
import tatara.core.frame.TextColumn;

/** Length, number of words, and TF-IDF terms. */
final class TextKernel implements ColumnKernel {
    private final FittedColumn.Text fitted;
    private final Map<String, Integer> index = new HashMap<>();

    /**
     * What one text becomes.
     *
     * @param terms indexes of its terms
     * @param weights weight of each of them
     */
    private record Measured(int length, int words, int[] terms, float[] weights) {}

    TextKernel(FittedColumn.Text fitted) {
        this.fitted = fitted;
        for (String term : fitted.terms()) {
            index.put(term, index.size());
        }
    }

    @Override
    public List<OutputFeature> outputs() {
        List<OutputFeature> outputs = new ArrayList<>();
        outputs.add(new OutputFeature(fitted.column() + ":length", fitted.column(), List.of(), false));
        outputs.add(new OutputFeature(fitted.column() + ":words", fitted.column(), List.of(), false));
        for (String term : fitted.terms()) {
            outputs.add(new OutputFeature(fitted.column() + "~" + term, fitted.column(), List.of(), true));
        }
        return outputs;
    }

    @Override
    public void apply(Column column, float[][] out, int first, int offset) {
        TextColumn texts = (TextColumn) column;
        int terms = first + 2;
        for (int term = 0; term < fitted.terms().size(); term++) {
            Arrays.fill(out[terms + term], offset, offset + texts.size(), 0);
        }
        @Nullable Measured[] measured = new @Nullable Measured[texts.dictionary().length];
        for (int row = 0; row < texts.size(); row++) {
            int code = texts.codes()[row];
            if (code < 0) {
                out[first][offset + row] = Float.NaN;
                out[first + 1][offset + row] = Float.NaN;
                continue;
            }
            Measured text = measured[code];
            if (text == null) {
                text = measure(texts.dictionary()[code]);
                measured[code] = text;
            }
            out[first][offset + row] = text.length;
            out[first + 1][offset + row] = text.words;
            for (int i = 0; i < text.terms.length; i++) {
                out[terms + text.terms[i]][offset + row] = text.weights[i];
            }
        }
    }

    private Measured measure(String text) {
        List<String> words = Words.of(text);
        Map<Integer, Integer> counts = new java.util.TreeMap<>();
        count(words, counts);
        if (fitted.pairs()) {
            count(Words.pairs(words), counts);
        }
        int[] terms = new int[counts.size()];
        double[] weights = new double[terms.length];
        double squares = 0;
        int at = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            terms[at] = entry.getKey();
            weights[at] = entry.getValue() * fitted.weights()[terms[at]];
            squares += weights[at] * weights[at];
            at++;
        }
        float[] unit = new float[terms.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (weights[i] / Math.sqrt(squares));
        }
        return new Measured(text.codePointCount(0, text.length()), words.size(), terms, unit);
    }

    private void count(List<String> found, Map<Integer, Integer> counts) {
        for (String term : found) {
            Integer known = index.get(term);
            if (known != null) {
                counts.merge(known, 1, Integer::sum);
            }
        }
    }
}
