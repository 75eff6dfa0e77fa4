package tatara.model.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.frame.Column;
import tatara.core.frame.TextColumn;

/** The code of a level. */
final class CategoryKernel implements ColumnKernel {
    private static final int UNKNOWN = -1;

    private final FittedColumn.Category fitted;
    private final Map<String, Integer> codes = new HashMap<>();

    CategoryKernel(FittedColumn.Category fitted) {
        this.fitted = fitted;
        for (String level : fitted.levels()) {
            codes.put(level, codes.size());
        }
    }

    @Override
    public List<OutputFeature> outputs() {
        return List.of(new OutputFeature(fitted.column(), fitted.column(), fitted.levels(), false));
    }

    @Override
    public void apply(Column column, float[][] out, int first, int offset) {
        float[] target = out[first];
        if (column instanceof TextColumn texts) {
            int[] known = new int[texts.dictionary().length];
            java.util.Arrays.fill(known, UNKNOWN);
            for (int row = 0; row < texts.size(); row++) {
                int code = texts.codes()[row];
                if (code < 0) {
                    target[offset + row] = Float.NaN;
                    continue;
                }
                if (known[code] == UNKNOWN) {
                    known[code] = (int) code(texts.dictionary()[code]);
                }
                target[offset + row] = known[code];
            }
        } else {
            for (int row = 0; row < column.size(); row++) {
                target[offset + row] =
                        CategoryLevels.of(column, row).map(this::code).orElse(Float.NaN);
            }
        }
    }

    private float code(String level) {
        return codes.getOrDefault(level, codes.size());
    }
}
