package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Erf;
import tatara.core.evidence.MissingStructure;
import tatara.core.evidence.MissingStructure.Pair;
import tatara.core.evidence.MissingStructure.Pattern;
import tatara.core.evidence.MissingStructure.Segment;

/** Which values are missing together, and in which segments of the rows. A cell that does not fit its type is missing too. */
final class Missing {
    private static final int MOST_PATTERNS = 20;
    private static final int MOST_NAMED = 50;
    private static final int MOST_PAIRED = 200;
    private static final int MOST_PAIRS = 30;
    private static final int MOST_SEGMENTS = 30;
    private static final int MOST_LEVELS = 50;
    private static final double LEAST_OVERLAP = 0.2;
    private static final double LEAST_DIFFERENCE = 0.1;
    private static final int LEAST_ROWS = 20;
    private static final double FALSE_RATE = 0.001;

    private final LookedTable table;
    private final List<LookedColumn> gappy;

    private Missing(LookedTable table) {
        this.table = table;
        this.gappy = table.columns().stream()
                .filter(column -> column.present() < table.rows())
                .toList();
    }

    static MissingStructure of(LookedTable table) {
        Missing missing = new Missing(table);
        return new MissingStructure(missing.patterns(), missing.pairs(), missing.segments());
    }

    /** Rows that miss the same columns. */
    private static final class Alike {
        private final int row;
        private long rows;

        Alike(int row) {
            this.row = row;
        }
    }

    private List<Pattern> patterns() {
        long[] marks = new long[table.rows()];
        for (LookedColumn column : gappy) {
            long mark = mix(column.raw().index() + 1L);
            for (int row = 0; row < marks.length; row++) {
                marks[row] += column.isMissing(row) ? mark : 0;
            }
        }
        Map<Long, Alike> alike = new HashMap<>();
        for (int row = 0; row < marks.length; row++) {
            int first = row;
            alike.computeIfAbsent(marks[row], absent -> new Alike(first)).rows++;
        }
        return alike.values().stream()
                .sorted(Comparator.<Alike>comparingLong(one -> -one.rows).thenComparingInt(one -> one.row))
                .limit(MOST_PATTERNS)
                .map(this::pattern)
                .toList();
    }

    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private Pattern pattern(Alike alike) {
        List<String> names = gappy.stream()
                .filter(column -> column.isMissing(alike.row))
                .map(LookedColumn::name)
                .toList();
        return new Pattern(
                List.copyOf(names.subList(0, Math.min(names.size(), MOST_NAMED))),
                names.size(),
                alike.rows,
                (double) alike.rows / table.rows());
    }

    private List<Pair> pairs() {
        List<LookedColumn> some = gappy.stream()
                .filter(column -> column.present() > 0)
                .limit(MOST_PAIRED)
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            for (int j = i + 1; j < some.size(); j++) {
                long both = 0;
                for (int row = 0; row < table.rows(); row++) {
                    both += some.get(i).isMissing(row) && some.get(j).isMissing(row) ? 1L : 0L;
                }
                long one = (long) table.rows() - some.get(i).present();
                long other = (long) table.rows() - some.get(j).present();
                double overlap = (double) both / (one + other - both);
                double expected = (double) one * other / table.rows();
                if (overlap >= LEAST_OVERLAP && both >= 3 && both > expected + 4 * Math.sqrt(expected)) {
                    pairs.add(new Pair(some.get(i).name(), some.get(j).name(), both, overlap));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::overlap)
                .thenComparingLong(Pair::both)
                .reversed());
        return List.copyOf(pairs.subList(0, Math.min(pairs.size(), MOST_PAIRS)));
    }

    private List<Segment> segments() {
        List<LookedColumn> makers = table.columns().stream()
                .filter(column -> !column.isNumeric() && column.levels() >= 2 && column.levels() <= MOST_LEVELS)
                .limit(MOST_PAIRED)
                .toList();
        List<LookedColumn> some = gappy.subList(0, Math.min(gappy.size(), MOST_PAIRED));
        double tests = Math.max(
                1.0,
                (double) some.size()
                        * makers.stream().mapToInt(LookedColumn::levels).sum());
        List<Segment> segments = new ArrayList<>();
        for (LookedColumn column : some) {
            for (LookedColumn by : makers) {
                if (!by.is(column)) {
                    segments(column, by, tests, segments);
                }
            }
        }
        segments.sort(Comparator.comparingDouble(segment -> -Math.abs(segment.share() - segment.elsewhere())));
        return List.copyOf(segments.subList(0, Math.min(segments.size(), MOST_SEGMENTS)));
    }

    private void segments(LookedColumn column, LookedColumn by, double tests, List<Segment> found) {
        long[] rows = new long[by.levels()];
        long[] gaps = new long[by.levels()];
        long all = 0;
        long allGaps = 0;
        for (int row = 0; row < table.rows(); row++) {
            int code = by.codes()[row];
            if (code >= 0) {
                rows[code]++;
                all++;
                if (column.isMissing(row)) {
                    gaps[code]++;
                    allGaps++;
                }
            }
        }
        for (int code = 0; code < rows.length; code++) {
            long others = all - rows[code];
            if (rows[code] < LEAST_ROWS || others < LEAST_ROWS) {
                continue;
            }
            double share = (double) gaps[code] / rows[code];
            double elsewhere = (double) (allGaps - gaps[code]) / others;
            double pooled = (double) allGaps / all;
            double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / rows[code] + 1.0 / others));
            double chance = error > 0 ? Erf.erfc(Math.abs(share - elsewhere) / error / Math.sqrt(2)) : 1;
            if (Math.abs(share - elsewhere) >= LEAST_DIFFERENCE && chance * tests <= FALSE_RATE) {
                found.add(new Segment(column.name(), by.name(), by.texts().get(code), rows[code], share, elsewhere));
            }
        }
    }
}
