package tatara.data.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.StorageFailure;

/** Where the bytes of a home are, and what other codecs would make of them, found by writing. Not thread-safe. */
public final class StorageCost {
    private static final long SAMPLE = 2_000_000;
    private static final double BYTES_PER_GB = 1e9;
    private static final List<String> CODECS = List.of(
            "COMPRESSION snappy", "COMPRESSION zstd, COMPRESSION_LEVEL 3", "COMPRESSION zstd, COMPRESSION_LEVEL 9");

    private final Lake lake;
    private final Path cache;

    public StorageCost(Lake lake, Path cache) {
        this.lake = lake;
        this.cache = cache;
    }

    /**
     * A table's bytes.
     *
     * @param newest of the newest version of main
     * @param older of all else: older versions, branches, metadata
     */
    public record OfTable(TableRef table, long newest, long older) {}

    /**
     * A codec tried on a table.
     *
     * @param rows written: all, or the first two million
     * @param bytes of these rows
     * @param readSeconds of reading all columns of these rows
     */
    public record Tried(String codec, long rows, long bytes, double writeSeconds, double readSeconds) {}

    /** US dollars a month. */
    public static double dollars(long bytes, double price) {
        return bytes / BYTES_PER_GB * price;
    }

    public List<OfTable> tables() {
        List<OfTable> tables = new ArrayList<>();
        for (TableRef table : lake.tables()) {
            long newest = lake.history().pruned(table, List.of()).bytes();
            long all = bytes(lake.history().place(table));
            tables.add(new OfTable(table, newest, Math.max(0, all - newest)));
        }
        return tables;
    }

    /** Bytes of all else in the home, by its first folder or file; what is in tables is in {@code lake/tables}. */
    public Map<String, Long> others(List<OfTable> tables) {
        Map<String, Long> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(lake.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path path = lake.home().relativize(file);
                String part = path.startsWith("lake") && path.getNameCount() > 2
                        ? "lake/" + path.getName(1)
                        : path.getName(0).toString();
                bytes.merge(part, Files.size(file), Long::sum);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, lake.home());
        }
        for (OfTable table : tables) {
            bytes.merge("lake/" + table.table().layer(), -table.newest() - table.older(), Long::sum);
        }
        bytes.values().removeIf(size -> size <= 0);
        return bytes;
    }

    /** Codecs on the rows of a table; the files are gone afterwards. */
    public List<Tried> codecs(TableRef table) {
        List<Tried> tried = new ArrayList<>();
        String rows = "SELECT * FROM " + lake.from(table) + (table.rows() > SAMPLE ? " LIMIT " + SAMPLE : "");
        Path file = cache.resolve("codec-" + table.snapshot() + ".parquet");
        try {
            Files.createDirectories(cache);
            for (String codec : CODECS) {
                long start = System.nanoTime();
                lake.engine()
                        .execute("COPY (" + rows + ") TO " + Engine.literal(file.toString()) + " (FORMAT parquet, "
                                + codec + ")");
                double write = (System.nanoTime() - start) / 1e9;
                String read =
                        "SELECT coalesce(max(hash(t)), 0) FROM read_parquet(" + Engine.literal(file.toString()) + ") t";
                lake.engine().first(read, row -> row.getString(1));
                start = System.nanoTime();
                lake.engine().first(read, row -> row.getString(1));
                tried.add(new Tried(
                        codec.replace("COMPRESSION ", "").replace(", COMPRESSION_LEVEL", ""),
                        Math.min(SAMPLE, table.rows()),
                        Files.size(file),
                        write,
                        (System.nanoTime() - start) / 1e9));
            }
            return tried;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } finally {
            discard(file);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw StorageFailure.of(e, folder);
        }
    }
}
