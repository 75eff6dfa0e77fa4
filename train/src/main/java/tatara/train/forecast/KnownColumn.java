package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.Column;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.model.forecast.KnownInput;
import tatara.model.forecast.SeriesNames;

/** Collects one column known in advance: its codes by row, and from them how it is encoded. */
final class KnownColumn {
    private static final int MOST_LEVELS = 12;
    private static final int SAMPLE = 100_000;

    private final String name;
    private final int maxLevels;
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final List<long[]> counts = new ArrayList<>();
    private double[] sample = new double[1024];
    private int sampled;
    private long seen;
    private double mean;
    private double squares;

    /** @param maxLevels indicators at most, 0 for a number */
    private KnownColumn(String name, int maxLevels) {
        this.name = name;
        this.maxLevels = maxLevels;
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
            if (feature instanceof FeatureDesign.CategoryFeature category) {
                columns.add(new KnownColumn(name, Math.max(1, Math.min(MOST_LEVELS, category.maxLevels()))));
            } else if (feature instanceof FeatureDesign.NumberFeature && kind == Kind.NUMBER) {
                columns.add(new KnownColumn(name, 0));
            }
        }
        return columns;
    }

    String name() {
        return name;
    }

    /** The cell as a number that {@link #encoded} understands: itself, or its level's code; NaN for missing. */
    double code(Column cells, int row) {
        if (cells.isMissing(row)) {
            return Double.NaN;
        }
        if (maxLevels == 0) {
            double value = ((NumberColumn) cells).values()[row];
            collect(value);
            return value;
        }
        String level = SeriesNames.text(cells, row);
        Integer code = codes.get(level);
        if (code == null) {
            if (codes.size() >= SAMPLE) {
                return Double.NaN;
            }
            code = codes.size();
            codes.put(level, code);
            counts.add(new long[1]);
        }
        counts.get(code)[0]++;
        return code;
    }

    private void collect(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        seen++;
        double delta = value - mean;
        mean += delta / seen;
        squares += delta * (value - mean);
        if (sampled < SAMPLE) {
            if (sampled == sample.length) {
                sample = Arrays.copyOf(sample, Math.min(SAMPLE, 2 * sampled));
            }
            sample[sampled++] = value;
        }
    }

    /** How the column is encoded; empty if it never changes. */
    Optional<KnownInput> input() {
        if (maxLevels > 0) {
            List<String> levels = levels();
            return codes.size() < 2 ? Optional.empty() : Optional.of(new KnownInput(name, levels, 0, 0, 1));
        }
        double deviation = seen == 0 ? 0 : Math.sqrt(squares / seen);
        if (!(deviation > Math.abs(mean) * 1e-12)) {
            return Optional.empty();
        }
        double[] sorted = Arrays.copyOf(sample, sampled);
        Arrays.sort(sorted);
        return Optional.of(new KnownInput(name, List.of(), sorted[sampled / 2], mean, deviation));
    }

    private List<String> levels() {
        List<String> names = new ArrayList<>(codes.keySet());
        List<String> frequent = new ArrayList<>(names);
        frequent.sort((a, b) -> Long.compare(counts.get(codes.get(b))[0], counts.get(codes.get(a))[0]));
        List<String> kept = frequent.subList(0, Math.min(maxLevels, frequent.size()));
        return names.stream().filter(kept::contains).toList();
    }

    /** Encodes a code as {@link KnownInput#encode} encodes its cell. */
    void encoded(KnownInput input, double code, double[] out, int offset) {
        input.encodeMissing(out, offset);
        if (Double.isNaN(code)) {
            return;
        }
        if (maxLevels == 0) {
            out[offset] = (code - input.centre()) / input.scale();
            return;
        }
        for (int level = 0; level < input.levels().size(); level++) {
            out[offset + level] = codes.get(input.levels().get(level)) == (int) code ? 1 : 0;
        }
    }
}
