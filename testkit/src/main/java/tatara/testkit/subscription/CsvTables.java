package tatara.testkit.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a simulation's tables as CSV files. Customers are simulated in blocks on several threads and written in their order, so
 * memory does not grow with the number of customers, and the bytes don't depend on the number of threads.
 */
public final class CsvTables {
    private static final int BLOCK = 5_000;

    /** A table and its file. */
    public enum Table {
        /** One row per customer: {@link Snapshot}. */
        CUSTOMERS(10),
        PAYMENTS(11),
        USAGE(12),
        TICKETS(13),
        /** One row per cancellation within 30 days of the snapshot: known only after it. */
        CANCELLATIONS(14),
        /** The true probability of every customer: not for learners. */
        TRUTH(15);

        /** Stream of the draws that put dirt into the table's cells. */
        final int purpose;

        Table(int purpose) {
            this.purpose = purpose;
        }

        public String fileName() {
            return name().toLowerCase(java.util.Locale.ROOT) + ".csv";
        }
    }

    private final Simulation simulation;
    private final int threads;

    /** @param threads threads that simulate, at least 1 */
    public CsvTables(Simulation simulation, int threads) {
        this.simulation = simulation;
        this.threads = threads;
    }

    /** Writes tables into a directory, which is made if need be, each under its {@link Table#fileName}. */
    public void write(Path directory, Set<Table> tables) throws IOException {
        Files.createDirectories(directory);
        Map<Table, Path> files = new EnumMap<>(Table.class);
        tables.forEach(table -> files.put(table, directory.resolve(table.fileName())));
        write(files, 0);
    }

    /**
     * Writes the table {@code customers} alone.
     *
     * @param noiseColumns numeric columns without meaning put before the target, to make the table wider
     */
    public void writeCustomers(Path file, int noiseColumns) throws IOException {
        write(Map.of(Table.CUSTOMERS, file), noiseColumns);
    }

    private void write(Map<Table, Path> files, int noiseColumns) throws IOException {
        Map<Table, OutputStream> outputs = new EnumMap<>(Table.class);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            for (Map.Entry<Table, Path> entry : files.entrySet()) {
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(entry.getValue()), 1 << 16);
                outputs.put(entry.getKey(), out);
                out.write(CsvRows.header(entry.getKey(), noiseColumns).getBytes(UTF_8));
            }
            writeBlocks(workers, outputs, noiseColumns);
        } finally {
            workers.shutdownNow();
            for (OutputStream out : outputs.values()) {
                out.close();
            }
        }
    }

    private void writeBlocks(ExecutorService workers, Map<Table, OutputStream> outputs, int noiseColumns)
            throws IOException {
        List<Table> tables = new ArrayList<>(outputs.keySet());
        Deque<Future<List<byte[]>>> pending = new ArrayDeque<>();
        long customers = simulation.scenario().customers();
        long next = 0;
        while (next < customers || !pending.isEmpty()) {
            while (next < customers && pending.size() < 2 * threads) {
                long from = next;
                long to = Math.min(customers, from + BLOCK);
                pending.add(workers.submit(() -> block(tables, from, to, noiseColumns)));
                next = to;
            }
            List<byte[]> block = await(pending.remove());
            for (int i = 0; i < block.size(); i++) {
                OutputStream out = outputs.get(tables.get(i));
                if (out != null) {
                    out.write(block.get(i));
                }
            }
        }
    }

    private List<byte[]> block(List<Table> tables, long from, long to, int noiseColumns) {
        List<CsvRows> rows = tables.stream()
                .map(table -> new CsvRows(simulation.scenario(), table, noiseColumns))
                .toList();
        for (long number = from; number < to; number++) {
            CustomerHistory history = simulation.customer(number);
            for (CsvRows each : rows) {
                each.add(number, history);
            }
        }
        return rows.stream().map(each -> each.take().getBytes(UTF_8)).toList();
    }

    private static List<byte[]> await(Future<List<byte[]>> block) {
        try {
            return block.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new java.io.InterruptedIOException("interrupted while writing"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
