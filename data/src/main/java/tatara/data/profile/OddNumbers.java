package tatara.data.profile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mend;
import tatara.core.evidence.Mending;
import tatara.core.evidence.ValueCount;
import tatara.model.transform.CellParser;

/** Which ways of mending make numbers of the texts that are none: only those after which every number is where the others are. */
final class OddNumbers {
    private static final int MOST = 2_000;
    private static final double BEYOND = 0.25;

    private OddNumbers() {}

    /**
     * @param mends the fewest that mend most
     * @param mended rows that they make numbers of
     * @param texts some of those rows' texts
     */
    record Found(List<Mend> mends, long mended, List<String> texts) {}

    /**
     * @param fitting texts that are numbers by the format
     * @param rest texts that are not
     */
    static Optional<Found> of(CellFormat format, List<ValueCount> fitting, List<ValueCount> rest) {
        if (rest.isEmpty() || rest.size() > MOST) {
            return Optional.empty();
        }
        CellParser usual = CellParser.of(ColumnType.NUMBER, format);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (ValueCount value : fitting) {
            double number = usual.number(value.value());
            least = Double.isNaN(number) ? least : Math.min(least, number);
            greatest = Double.isNaN(number) ? greatest : Math.max(greatest, number);
        }
        double room = BEYOND * (greatest - least);
        Found best = new Found(List.of(), 0, List.of());
        for (Set<Mend> mends : subsets()) {
            Found found = found(format, mends, rest, least - room, greatest + room);
            if (found.mended() > best.mended()) {
                best = found;
            }
        }
        return best.mended() == 0 ? Optional.empty() : Optional.of(best);
    }

    /** All sets of mends, smaller ones first. */
    private static List<Set<Mend>> subsets() {
        Mend[] all = Mend.values();
        List<Set<Mend>> subsets = new ArrayList<>();
        for (int size = 1; size <= all.length; size++) {
            for (int bits = 1; bits < 1 << all.length; bits++) {
                if (Integer.bitCount(bits) == size) {
                    Set<Mend> subset = EnumSet.noneOf(Mend.class);
                    for (int i = 0; i < all.length; i++) {
                        if ((bits & 1 << i) != 0) {
                            subset.add(all[i]);
                        }
                    }
                    subsets.add(subset);
                }
            }
        }
        return subsets;
    }

    private static Found found(
            CellFormat format, Set<Mend> mends, List<ValueCount> rest, double least, double greatest) {
        Mending mending = format.mending().orElse(Mending.none()).withNumbers(List.copyOf(mends));
        CellParser parser = CellParser.of(ColumnType.NUMBER, format.withMending(mending));
        long mended = 0;
        List<String> texts = new ArrayList<>();
        for (ValueCount value : rest) {
            double number = parser.number(value.value());
            if (number < least || number > greatest) {
                return new Found(List.of(), 0, List.of());
            }
            if (!Double.isNaN(number)) {
                mended += value.count();
                texts.add(value.value());
            }
        }
        return new Found(List.copyOf(mends), mended, texts);
    }

    /** The factors of units for people, in the order of their texts. */
    static String told(Map<String, Double> units) {
        List<String> parts = new ArrayList<>();
        units.forEach((unit, factor) ->
                parts.add("\"" + unit + "\"" + (factor == 1 ? "" : " as times " + ValueText.of(factor, false))));
        return String.join(", ", parts);
    }
}
