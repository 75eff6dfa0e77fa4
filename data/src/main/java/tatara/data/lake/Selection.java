package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The rows of a snapshot within ranges: which files may hold them by Iceberg's metadata, and the SQL that selects them. */
final class Selection {
    private final SnapshotContent content;
    private final List<Range> ranges;

    Selection(SnapshotContent content, List<Range> ranges) {
        this.content = content;
        this.ranges = ranges;
    }

    /** Paths of the files that may hold such rows. */
    Set<String> files(Table table) {
        Expression filter = Expressions.alwaysTrue();
        for (Range range : ranges) {
            TableColumn column = column(range);
            if (range.low().isPresent()) {
                filter = Expressions.and(
                        filter,
                        Expressions.greaterThanOrEqual(
                                column.name(), value(column, range.low().get())));
            }
            if (range.high().isPresent()) {
                filter = Expressions.and(
                        filter,
                        Expressions.lessThanOrEqual(
                                column.name(), value(column, range.high().get())));
            }
        }
        Set<String> files = new HashSet<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(content.snapshot()).filter(filter).planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** @param files from {@link #files} */
    String sql(Set<String> files) {
        List<String> paths = content.paths().stream().filter(files::contains).toList();
        String where = ranges.stream()
                .flatMap(range -> java.util.stream.Stream.of(
                        range.low().map(low -> condition(column(range), ">=", low)),
                        range.high().map(high -> condition(column(range), "<=", high))))
                .flatMap(java.util.Optional::stream)
                .collect(Collectors.joining(" AND "));
        return "(SELECT * FROM " + FileSql.source(content, paths) + (where.isEmpty() ? "" : " WHERE " + where)
                + (content.ordered() ? ")" : " ORDER BY " + Engine.quote(Lake.ROW) + ")");
    }

    private static String condition(TableColumn column, String operator, String value) {
        return Engine.quote(column.name()) + " " + operator + " CAST(" + Engine.literal(value) + " AS " + column.type()
                + ")";
    }

    private TableColumn column(Range range) {
        return content.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(range.column()))
                .findFirst()
                .orElseThrow(() ->
                        new TataraException(DataErrorCode.TABLE_NOT_FOUND, Fault.of("no column " + range.column())));
    }

    private static Object value(TableColumn column, String text) {
        try {
            return switch (column.type()) {
                case BIGINT -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case VARCHAR -> text;
                case TIMESTAMP ->
                    ChronoUnit.MICROS.between(
                            LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC),
                            text.length() == 10
                                    ? LocalDate.parse(text).atStartOfDay()
                                    : LocalDateTime.parse(text.replace(' ', 'T')));
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new TataraException(
                    DataErrorCode.LAYOUT_REFUSED,
                    Fault.of("\"" + text + "\" is no value of the column " + column.name())
                            .expecting(column.type().name()));
        }
    }
}
