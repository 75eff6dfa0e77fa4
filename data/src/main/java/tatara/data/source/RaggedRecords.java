package tatara.data.source;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells records that leave out cells at their end, as ragged exports do, from records that are broken: the former are frequent, their cells
 * are what they are in whole records, and two that follow each other do not make up one.
 */
final class RaggedRecords {
    private static final int SEVERAL = 3;
    private static final double FREQUENT = 0.02;
    private static final double ALIKE = 0.9;
    private static final double HALVES = 0.1;

    private RaggedRecords() {}

    /**
     * @param records below the header
     * @param width cells of the header
     */
    static boolean are(List<List<String>> records, int width) {
        List<List<String>> whole =
                records.stream().filter(record -> record.size() == width).toList();
        List<List<String>> few = records.stream()
                .filter(record -> record.size() < width && 2 * record.size() >= width)
                .toList();
        long tooFew = records.stream()
                .filter(record -> 2 * record.size() < width && !isEmpty(record))
                .count();
        long tooMany = records.stream().filter(record -> record.size() > width).count();
        if (width < 3
                || whole.isEmpty()
                || few.size() < SEVERAL
                || few.size() < FREQUENT * records.size()
                || 2 * (tooFew + tooMany) > few.size()) {
            return false;
        }
        return halves(records, width) <= HALVES * few.size() && areAlike(whole, few, width);
    }

    private static boolean isEmpty(List<String> record) {
        return record.stream().allMatch(String::isBlank);
    }

    /** Records that with the next one have as many cells as a whole one, or one more for the cell that a line end broke. */
    private static long halves(List<List<String>> records, int width) {
        long halves = 0;
        for (int i = 1; i < records.size(); i++) {
            int both = records.get(i - 1).size() + records.get(i).size();
            boolean fewer = records.get(i - 1).size() < width && records.get(i).size() < width;
            halves += fewer && (both == width || both == width + 1) ? 1 : 0;
        }
        return halves;
    }

    private static boolean areAlike(List<List<String>> whole, List<List<String>> few, int width) {
        long compared = 0;
        long alike = 0;
        for (int column = 0; column < width; column++) {
            CellKind kind = kind(whole, column);
            if (kind == CellKind.EMPTY) {
                continue;
            }
            for (List<String> record : few) {
                if (column < record.size() && !CellKind.missing(record.get(column))) {
                    compared++;
                    alike += CellKind.of(record.get(column)) == kind ? 1 : 0;
                }
            }
        }
        return compared > 0 && alike >= ALIKE * compared;
    }

    /** The kind of nearly all cells of a column, numbers or times; EMPTY if there is none. */
    private static CellKind kind(List<List<String>> whole, int column) {
        Map<CellKind, Integer> counts = new EnumMap<>(CellKind.class);
        for (List<String> record : whole) {
            if (!CellKind.missing(record.get(column))) {
                counts.merge(CellKind.of(record.get(column)), 1, Integer::sum);
            }
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return Arrays.asList(CellKind.NUMBER, CellKind.TIME).stream()
                .filter(kind -> counts.getOrDefault(kind, 0) >= ALIKE * all && all > 0)
                .findFirst()
                .orElse(CellKind.EMPTY);
    }
}
