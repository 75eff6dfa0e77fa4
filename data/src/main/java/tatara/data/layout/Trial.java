package tatara.data.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;
import tatara.data.lake.Range;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.Target;

/** A layout tried on a table: written anew in a lake of its own, and asked what the table is asked. Not thread-safe. */
final class Trial implements AutoCloseable {
    private static final int MEGABYTES = 1_024;

    private final Path home;
    private final Lake scratch;
    private final Path rows;
    private int tried;

    /** @param cache directory for the trial, which is empty again when this is closed */
    Trial(Lake lake, TableRef table, Path cache, int threads) {
        try {
            Files.createDirectories(cache);
            this.home = Files.createTempDirectory(cache, "layout-");
        } catch (IOException e) {
            throw StorageFailure.of(e, cache);
        }
        this.scratch = Lake.open(home, MEGABYTES, threads);
        this.rows = home.resolve("rows.parquet");
        try {
            lake.engine()
                    .execute("COPY (SELECT * FROM " + lake.from(table) + ") TO " + Engine.literal(rows.toString())
                            + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * What a layout does.
     *
     * @param bytes size on disk
     * @param files number of files
     * @param bytesRead mean over the queries of the bytes in row groups that have to be read
     * @param seconds mean time of a query
     */
    record Measured(Layout layout, long bytes, int files, double bytesRead, double seconds) {}

    Measured measure(Layout layout, List<List<Range>> queries) {
        String name = "trial.t" + tried++;
        Target target = Target.main(new LinkedHashMap<>(Map.of()));
        TableRef written = scratch.replace(
                scratch.engine(),
                "raw",
                name,
                "SELECT * FROM read_parquet(" + Engine.literal(rows.toString()) + ")",
                "",
                layout.equals(Layout.none()) ? target : target.laidOut(layout));
        Measured measured = measured(scratch, written, layout, queries);
        scratch.replace("raw", name, "SELECT 1 AS nothing WHERE false");
        scratch.history().expire("raw", name, Set.of());
        return measured;
    }

    static Measured measured(Lake lake, TableRef table, Layout layout, List<List<Range>> queries) {
        double read = 0;
        long nanos = 0;
        for (List<Range> query : queries) {
            read += lake.history().scan(table, query).bytesRead();
            String sql = "SELECT count(*), max(hash(t)) FROM " + lake.history().from(table, query) + " t";
            lake.engine().first(sql, row -> row.getLong(1));
            long start = System.nanoTime();
            lake.engine().first(sql, row -> row.getLong(1));
            nanos += System.nanoTime() - start;
        }
        var all = lake.history().pruned(table, List.of());
        int count = Math.max(1, queries.size());
        return new Measured(layout, all.bytes(), all.files(), read / count, nanos / 1e9 / count);
    }

    @Override
    public void close() {
        scratch.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, home);
        }
    }
}
