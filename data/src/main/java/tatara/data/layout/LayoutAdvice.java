package tatara.data.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;
import tatara.data.lake.Range;
import tatara.data.lake.TableColumn;

/**
 * Finds the layout in which the queries that a table is asked read least: candidates follow from the filters of remembered queries, each is
 * written and asked queries of the same kind and width on values of the table. Not thread-safe.
 */
public final class LayoutAdvice {
    private static final int TRIED_QUERIES = 12;
    private static final int MOST_SORTED_BY = 2;
    private static final long MOST_PARTITIONS = 50;
    private static final double WORTH = 0.8;

    private final Lake lake;
    private final Path cache;
    private final Settings settings;

    /**
     * When dividing is worth it.
     *
     * @param partitionBytes least mean size of a partition, below which files get too small
     * @param threads of the SQL engine
     */
    public record Settings(long partitionBytes, int threads) {
        public static Settings standard(int threads) {
            return new Settings(128L << 20, threads);
        }
    }

    public LayoutAdvice(Lake lake, Path cache, Settings settings) {
        this.lake = lake;
        this.cache = cache;
        this.settings = settings;
    }

    /**
     * A layout and what was measured in it.
     *
     * @param bytesRead mean over the queries of the bytes in row groups that have to be read
     * @param seconds mean time of a query
     */
    public record Candidate(Layout layout, long bytes, int files, double bytesRead, double seconds) {}

    /**
     * What was found.
     *
     * @param queries how many are remembered
     * @param current the table as it is
     * @param tried other layouts
     * @param best the one that is worth it; empty if the table is best left as it is
     */
    public record Advice(
            TableRef table,
            int queries,
            Candidate current,
            List<Candidate> tried,
            Optional<Candidate> best,
            String why) {}

    public Advice advise(TableRef table) {
        List<QueryPattern> patterns = new QueryLog(lake.home(), table).read();
        Map<QueryPattern.Filter, Long> counts = counts(table, patterns);
        List<List<Range>> queries = queries(table, patterns);
        Layout layout = lake.history().layout(table.layer(), table.name());
        Candidate current = candidate(Trial.measured(lake, table, layout, queries));
        if (counts.isEmpty()) {
            return new Advice(
                    table,
                    patterns.size(),
                    current,
                    List.of(),
                    Optional.empty(),
                    "no query with a filter is remembered");
        }
        List<Candidate> tried = new ArrayList<>();
        try (Trial trial = new Trial(lake, table, cache, settings.threads())) {
            for (Layout wanted : candidates(table, counts, current.bytes())) {
                if (!wanted.equals(layout)) {
                    tried.add(candidate(trial.measure(wanted, queries)));
                }
            }
        }
        Optional<Candidate> best = tried.stream()
                .min(Comparator.comparingDouble(Candidate::bytesRead).thenComparing(Candidate::bytes))
                .filter(one -> one.bytesRead() < WORTH * current.bytesRead());
        String why = best.isPresent()
                ? "the queries read fewer bytes"
                : "no layout tried lets the queries leave out a fifth of what they read now";
        return new Advice(table, patterns.size(), current, tried, best, why);
    }

    private static Candidate candidate(Trial.Measured measured) {
        return new Candidate(
                measured.layout(), measured.bytes(), measured.files(), measured.bytesRead(), measured.seconds());
    }

    private Map<QueryPattern.Filter, Long> counts(TableRef table, List<QueryPattern> patterns) {
        List<String> columns = lake.columns(table);
        return patterns.stream()
                .flatMap(pattern -> pattern.filters().stream())
                .filter(filter -> columns.contains(filter.column()))
                .collect(Collectors.groupingBy(filter -> filter, LinkedHashMap::new, Collectors.counting()));
    }

    /** Sorted by the columns most asked for, divided by columns asked for one of few values and by months of times. */
    private Set<Layout> candidates(TableRef table, Map<QueryPattern.Filter, Long> counts, long bytes) {
        List<String> asked = counts.entrySet().stream()
                .sorted(Map.Entry.<QueryPattern.Filter, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey().column())
                .distinct()
                .toList();
        Set<Layout> candidates = new LinkedHashSet<>();
        asked.stream().limit(MOST_SORTED_BY).forEach(column -> candidates.add(new Layout(List.of(), List.of(column))));
        for (TableColumn column : lake.types(table)) {
            if (asked.contains(column.name())) {
                String part =
                        column.type() == TableColumn.Type.TIMESTAMP ? "month(" + column.name() + ")" : column.name();
                String value = column.type() == TableColumn.Type.TIMESTAMP
                        ? "date_trunc('month', " + Engine.quote(column.name()) + ")"
                        : Engine.quote(column.name());
                long parts = lake.engine()
                        .first(
                                "SELECT approx_count_distinct(" + value + ") FROM " + lake.from(table),
                                row -> row.getLong(1))
                        .orElse(Long.MAX_VALUE);
                boolean whole = column.type() != TableColumn.Type.DOUBLE;
                if (whole && parts > 1 && parts <= MOST_PARTITIONS && bytes / parts >= settings.partitionBytes()) {
                    candidates.add(new Layout(
                            List.of(part),
                            asked.stream()
                                    .filter(other -> !other.equals(column.name()))
                                    .limit(1)
                                    .toList()));
                }
            }
        }
        return candidates;
    }

    /** Queries like the remembered ones: the same columns, one value or a range of the same width, spread over the table. */
    List<List<Range>> queries(TableRef table, List<QueryPattern> patterns) {
        List<QueryPattern> some = patterns.subList(Math.max(0, patterns.size() - TRIED_QUERIES), patterns.size());
        List<String> columns = lake.columns(table);
        List<List<Range>> queries = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            double place = (i + 0.5) / some.size();
            List<Range> ranges = new ArrayList<>();
            for (QueryPattern.Filter filter : some.get(i).filters()) {
                if (columns.contains(filter.column())) {
                    range(table, filter, place, some.get(i).share()).ifPresent(ranges::add);
                }
            }
            if (!ranges.isEmpty()) {
                queries.add(ranges);
            }
        }
        return queries;
    }

    private Optional<Range> range(TableRef table, QueryPattern.Filter filter, double place, double share) {
        double width = filter.one() || Double.isNaN(share) ? 0 : Math.min(0.9, Math.max(0, share));
        double from = Math.max(0, Math.min(1 - width, place - width / 2));
        String name = Engine.quote(filter.column());
        String sql = "SELECT quantile_disc(" + name + ", [" + from + ", " + Math.min(1, from + width) + "]) FROM "
                + lake.from(table);
        return lake.engine()
                .first(
                        "SELECT CAST(q[1] AS VARCHAR), CAST(q[2] AS VARCHAR) FROM (" + sql
                                + ") t(q) WHERE q IS NOT NULL",
                        row -> Range.of(filter.column(), row.getString(1), row.getString(2)));
    }
}
