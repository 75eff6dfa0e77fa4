package tatara.data.quality.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;

/**
 * Measures a batch with one scan, and one more for each column of few texts. Columns of texts that are nearly all numbers are measured as
 * numbers. Thread-safe.
 */
public final class BatchMeasure {
    private static final int MOST_COLUMNS = 200;
    private static final int FEW = 50;
    private static final double FREQUENT = 0.005;
    private static final double NEARLY_ALL = 0.95;

    private final Engine engine;

    public BatchMeasure(Engine engine) {
        this.engine = engine;
    }

    /** What one scan says of a column. */
    private record Scan(
            long present,
            long numbers,
            long times,
            double mean,
            double spread,
            double low,
            double middle,
            double high,
            long distinct) {}

    /**
     * The figures of a batch. Of tables with more than 200 columns the first 200 are measured.
     *
     * @param from table expression with the rows
     * @param time column that says when a row's event was; empty if none does
     */
    public List<BatchMetric> measure(String from, List<TableColumn> columns, Optional<String> time, Instant arrival) {
        long rows = engine.first("SELECT count(*) FROM " + from, row -> row.getLong(1))
                .orElse(0L);
        List<BatchMetric> metrics = new ArrayList<>();
        metrics.add(new BatchMetric("rows", Optional.empty(), BatchMetric.Kind.COUNT, rows, rows, 0));
        if (rows == 0) {
            return metrics;
        }
        time.flatMap(column -> lag(from, column, arrival))
                .ifPresent(hours ->
                        metrics.add(new BatchMetric("lag", Optional.empty(), BatchMetric.Kind.HOURS, hours, rows, 0)));
        List<TableColumn> measured = columns.stream().limit(MOST_COLUMNS).toList();
        for (TableColumn column : measured) {
            column(from, column, rows, metrics);
        }
        return metrics;
    }

    private Optional<Double> lag(String from, String column, Instant arrival) {
        String sql = "SELECT epoch_ms(max(TRY_CAST(" + Engine.quote(column) + " AS TIMESTAMP))) FROM " + from;
        return engine
                .query(sql, row -> Optional.ofNullable(row.getObject(1)).map(value -> ((Number) value).longValue()))
                .stream()
                .flatMap(Optional::stream)
                .map(newest ->
                        Duration.ofMillis(arrival.toEpochMilli() - newest).toMinutes() / 60.0)
                .findFirst();
    }

    private void column(String from, TableColumn column, long rows, List<BatchMetric> metrics) {
        Scan scan = scan(from, column);
        Optional<String> name = Optional.of(column.name());
        metrics.add(new BatchMetric(
                "missing:" + column.name(), name, BatchMetric.Kind.SHARE, 1 - (double) scan.present() / rows, rows, 0));
        if (scan.present() == 0) {
            return;
        }
        boolean numeric = column.type() == TableColumn.Type.BIGINT
                || column.type() == TableColumn.Type.DOUBLE
                || (column.type() == TableColumn.Type.VARCHAR && scan.numbers() >= NEARLY_ALL * scan.present());
        if (numeric) {
            numbers(scan, column.name(), metrics);
        } else if (scan.times() < NEARLY_ALL * scan.present() && scan.distinct() <= FEW) {
            categories(from, column.name(), scan.present(), metrics);
        }
    }

    private Scan scan(String from, TableColumn column) {
        String name = Engine.quote(column.name());
        boolean time = column.type() == TableColumn.Type.TIMESTAMP;
        String number = time ? "NULL::DOUBLE" : "TRY_CAST(" + name + " AS DOUBLE)";
        String sql =
                "SELECT count(c), count(n), count(TRY_CAST(CAST(c AS VARCHAR) AS TIMESTAMP)), coalesce(avg(n), 0), coalesce(stddev_samp(n), 0),"
                        + " coalesce(approx_quantile(n, 0.1), 0), coalesce(approx_quantile(n, 0.5), 0),"
                        + " coalesce(approx_quantile(n, 0.9), 0), approx_count_distinct(c) FROM (SELECT " + name
                        + " AS c, CASE WHEN isfinite("
                        + number + ") THEN " + number + " END AS n FROM " + from + ")";
        return engine.first(
                        sql,
                        row -> new Scan(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getDouble(4),
                                row.getDouble(5),
                                row.getDouble(6),
                                row.getDouble(7),
                                row.getDouble(8),
                                row.getLong(9)))
                .orElseThrow();
    }

    private static void numbers(Scan scan, String column, List<BatchMetric> metrics) {
        Optional<String> name = Optional.of(column);
        metrics.add(new BatchMetric(
                "mean:" + column, name, BatchMetric.Kind.LEVEL, scan.mean(), scan.numbers(), scan.spread()));
        if (scan.spread() > 0) {
            metrics.add(new BatchMetric(
                    "spread:" + column, name, BatchMetric.Kind.SPREAD, scan.spread(), scan.numbers(), scan.spread()));
        }
        metrics.add(new BatchMetric(
                "median:" + column, name, BatchMetric.Kind.LEVEL, scan.middle(), scan.numbers(), scan.spread()));
    }

    private void categories(String from, String column, long present, List<BatchMetric> metrics) {
        String name = Engine.quote(column);
        String sql = "SELECT CAST(" + name + " AS VARCHAR), count(*) FROM " + from + " WHERE " + name
                + " IS NOT NULL GROUP BY 1 HAVING count(*) >= " + FREQUENT + " * " + present
                + " ORDER BY 2 DESC, 1 LIMIT " + FEW;
        List<BatchMetric> frequent = engine.query(
                sql,
                row -> new BatchMetric(
                        "share:" + column + "=" + row.getString(1),
                        Optional.of(column),
                        BatchMetric.Kind.SHARE,
                        (double) row.getLong(2) / present,
                        present,
                        0));
        metrics.addAll(frequent);
        double others = 1 - frequent.stream().collect(Collectors.summingDouble(BatchMetric::value));
        metrics.add(new BatchMetric(
                "others:" + column, Optional.of(column), BatchMetric.Kind.SHARE, Math.max(0, others), present, 0));
    }
}
