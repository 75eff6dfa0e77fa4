package tatara.train.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.Column;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.model.forecast.KnownInput;
import tatara.model.forecast.SeriesNames;

/**
 * Collects one column that may be known in advance: its codes by row, and from them how it is encoded. Only flags (two values,
 * such as a holiday or a promotion) are taken for known when a forecast is made; anything richer, such as a temperature or a
 * price index, is itself only known afterwards.
 */
final class KnownColumn {
    private static final int MOST_LEVELS = 2;

    private final String name;
    private final boolean category;
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final long[] counts = new long[MOST_LEVELS];
    private boolean rich;

    private KnownColumn(String name, boolean category) {
        this.name = name;
        this.category = category;
    }

    /** The columns of the design's number and category features that the table has. */
    static List<KnownColumn> of(FeatureDesign design, Schema schema, Optional<String> position) {
        FeatureDesign.Forecast forecast = design.forecast().orElseThrow();
        List<KnownColumn> columns = new ArrayList<>();
        for (FeatureDesign.Feature feature : design.features()) {
            String name = feature.column();
            boolean other = !Optional.of(name).equals(forecast.series())
                    && !Optional.of(name).equals(position)
                    && !Optional.of(name).equals(design.target().column())
                    && schema.indexOf(name).isPresent()
                    && columns.stream().noneMatch(column -> column.name.equals(name));
            if (!other) {
                continue;
            }
            Kind kind = schema.field(schema.indexOf(name).getAsInt()).kind();
            if (feature instanceof FeatureDesign.CategoryFeature) {
                columns.add(new KnownColumn(name, true));
            } else if (feature instanceof FeatureDesign.NumberFeature && kind == Kind.NUMBER) {
                columns.add(new KnownColumn(name, false));
            }
        }
        return columns;
    }

    String name() {
        return name;
    }

    /** Whether it has more than two values. */
    boolean isRich() {
        return rich;
    }

    /** The code of the cell's value, in order of appearance; NaN for missing. */
    double code(Column cells, int row) {
        if (rich || cells.isMissing(row)) {
            return Double.NaN;
        }
        String level = SeriesNames.text(cells, row);
        Integer code = codes.get(level);
        if (code == null) {
            if (codes.size() == MOST_LEVELS) {
                rich = true;
                return Double.NaN;
            }
            code = codes.size();
            codes.put(level, code);
        }
        counts[code]++;
        return code;
    }

    /** How the column is encoded; empty if it is rich or never changes. */
    Optional<KnownInput> input() {
        if (rich || codes.size() < MOST_LEVELS) {
            return Optional.empty();
        }
        List<String> levels = List.copyOf(codes.keySet());
        int usual = counts[1] > counts[0] ? 1 : 0;
        if (category) {
            return Optional.of(new KnownInput(name, List.of(levels.get(1 - usual)), 0, 0, 1));
        }
        double fill = Double.parseDouble(levels.get(usual));
        double other = Double.parseDouble(levels.get(1 - usual));
        return Optional.of(new KnownInput(name, List.of(), fill, fill, Math.abs(other - fill)));
    }

    /** Encodes a code as {@link KnownInput#encode} encodes its cell. */
    void encoded(KnownInput input, double code, double[] out, int offset) {
        input.encodeMissing(out, offset);
        if (Double.isNaN(code)) {
            return;
        }
        String level = List.copyOf(codes.keySet()).get((int) code);
        out[offset] = category
                ? (input.levels().get(0).equals(level) ? 1 : 0)
                : (Double.parseDouble(level) - input.centre()) / input.scale();
    }
}
