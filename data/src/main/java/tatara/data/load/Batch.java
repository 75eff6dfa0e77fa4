package tatara.data.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.source.SourcePart;
import tatara.data.source.SourceStage;
import tatara.data.source.SourceTable;

/** The rows of the files of one load, copied beside the lake. */
final class Batch {
    /** Rows of a file are numbered from its number times this. */
    private static final long MOST_ROWS = 1L << 40;

    private final Lake lake;
    private final SourceStage stage;
    private final Path directory;
    private final Columns columns;
    private final List<Staged> staged = new ArrayList<>();

    /** Where a row came from: a file, and its line or row, from 1. */
    record Place(String file, long line) {}

    /**
     * A copied file and how many of its first rows are not wanted.
     *
     * @param places where its rows came from, if not from the file itself
     */
    record Staged(SourcePart part, Path copy, long skipped, long rows, long unread, List<Place> places) {
        /** Where a row came from, by its number from 0. */
        Place place(long row) {
            return places.isEmpty()
                    ? new Place(Path.of(part.file().path()).toString(), row + 1)
                    : places.get((int) row);
        }
    }

    /** @param directory its own; it exists */
    Batch(Lake lake, Path cache, Path directory, Columns columns) {
        this.lake = lake;
        this.stage = new SourceStage(lake, cache);
        this.directory = directory;
        this.columns = columns;
    }

    /**
     * Copies a file.
     *
     * @param skipped rows at its start that are loaded already
     */
    void add(SourceTable table, SourcePart part, long skipped, Consumer<SourceStage.Unread> unread) {
        Path copy = directory.resolve(String.format(Locale.ROOT, "%08d.parquet", staged.size()));
        long[] refused = {0};
        stage.stage(table, part, copy, columns::come, row -> {
            refused[0]++;
            unread.accept(row);
        });
        long rows = lake.engine()
                .first(
                        "SELECT count(*) FROM read_parquet(" + Engine.literal(copy.toString()) + ")",
                        row -> row.getLong(1))
                .orElse(0L);
        staged.add(new Staged(part, copy, skipped, rows, refused[0], List.of()));
    }

    /** Copies rows that were set aside by earlier loads; those that still cannot be read are set aside at once. */
    void add(SourcePart part, SetAsideRows rows, SetAside aside) {
        Path copy = directory.resolve(String.format(Locale.ROOT, "%08d.parquet", staged.size()));
        List<Place> places = rows.stage(lake.engine(), columns, copy, aside);
        staged.add(new Staged(part, copy, 0, places.size(), 0, places));
    }

    List<Staged> files() {
        return List.copyOf(staged);
    }

    boolean isEmpty() {
        return staged.stream().allMatch(file -> file.rows() <= file.skipped());
    }

    long unread() {
        return staged.stream().mapToLong(Staged::unread).sum();
    }

    /**
     * A query for its rows: the columns that come by their plain names; {@code f}, number of the file; {@code r}, number of the row in the file;
     * {@code seq}, which grows in reading order.
     */
    String rows() {
        String files = staged.stream()
                .map(file -> Engine.literal(file.copy().toString()))
                .collect(Collectors.joining(", "));
        String select = columns.coming().stream()
                .map(column -> "CAST(" + column.plain + " AS " + column.type() + ") AS " + column.plain)
                .collect(Collectors.joining(", "));
        String skipped =
                staged.stream().map(file -> Long.toString(file.skipped())).collect(Collectors.joining(", "));
        return "SELECT " + select + ", f, r, f * " + MOST_ROWS + " + r AS seq FROM (SELECT *,"
                + " CAST(regexp_extract(filename, '(\\d{8})\\.parquet$', 1) AS BIGINT) AS f, file_row_number AS r"
                + " FROM read_parquet([" + files + "], union_by_name = true, filename = true, file_row_number = true,"
                + " hive_partitioning = false)) WHERE r >= list_extract([" + skipped + "], CAST(f + 1 AS INTEGER))";
    }
}
