package tatara.data.clean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.TextColumn;
import tatara.data.lake.Lake;
import tatara.data.lake.StorageFailure;
import tatara.data.profile.Profiler;
import tatara.data.source.Ingested;
import tatara.data.source.Ingestion;
import tatara.data.source.Preparation;
import tatara.data.source.SourceTable;

/**
 * Brings a file's table through ingestion, profile and preparation, as a pipeline does, and hands over the processed rows and what was done
 * to odd cells. Works in a lake that is gone afterwards. Memory is bounded by a batch of rows. Thread-safe.
 */
public final class Cleaning {
    private final Path cache;
    private final int memoryMegabytes;
    private final int threads;

    /**
     * @param cache directory for temporary files; made when needed
     * @param memoryMegabytes most memory that queries may hold
     * @param threads most threads that a query uses
     */
    public Cleaning(Path cache, int memoryMegabytes, int threads) {
        this.cache = cache.toAbsolutePath().normalize();
        this.memoryMegabytes = memoryMegabytes;
        this.threads = threads;
    }

    /**
     * @param rows receives the processed rows in order, in batches
     * @param cells receives the odd cells by row
     * @throws tatara.core.error.TataraException if the table cannot be read
     */
    public Cleaned clean(SourceTable table, Consumer<Frame> rows, Consumer<OddCell> cells) {
        Path home = temporary();
        try (Lake lake = Lake.open(home, memoryMegabytes, threads)) {
            Ingested ingested = new Ingestion(lake, cache).ingest(table, "file");
            TableProfile profile = new Profiler(lake).profile(table.name(), ingested.raw(), ingested.audit());
            TableRef processed = new Preparation(lake).prepare(contract(profile), ingested.raw(), "file");
            List<CleanedColumn> columns = look(lake, profile, ingested.raw(), cells);
            lake.frames(processed).forEach(rows);
            return new Cleaned(processed.rows(), ingested.audit(), columns);
        } finally {
            remove(home);
        }
    }

    private static DataDesign.Table contract(TableProfile profile) {
        List<Contract> columns = profile.columns().stream()
                .map(column -> new Contract(
                        column.name(),
                        column.type(),
                        DataDesign.Role.FEATURE,
                        column.format(),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        column.why()))
                .toList();
        return new DataDesign.Table(
                profile.name(), columns, List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.KEEP);
    }

    private static List<CleanedColumn> look(Lake lake, TableProfile profile, TableRef raw, Consumer<OddCell> cells) {
        List<ColumnReading> readings =
                profile.columns().stream().map(ColumnReading::new).toList();
        long[] position = {0};
        lake.frames(raw).forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                for (int i = 0; i < readings.size(); i++) {
                    look(readings.get(i), frame.column(i), row, position[0] + row, cells);
                }
            }
            position[0] += frame.rows();
        });
        List<CleanedColumn> columns = new ArrayList<>();
        readings.forEach(reading -> columns.add(reading.summary()));
        return columns;
    }

    private static void look(ColumnReading reading, Column column, int row, long position, Consumer<OddCell> cells) {
        if (column instanceof TextColumn texts) {
            reading.look(texts, row).ifPresent(odd -> {
                String text = texts.dictionary()[texts.codes()[row]];
                cells.accept(new OddCell(position, reading.name(), text, odd.value(), odd.kind(), odd.why()));
            });
        } else if (column.isMissing(row)) {
            reading.missing();
        }
    }

    private Path temporary() {
        try {
            Files.createDirectories(cache);
            return Files.createTempDirectory(cache, "clean-");
        } catch (IOException e) {
            throw StorageFailure.of(e, cache);
        }
    }

    private static void remove(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, home);
        }
    }
}
