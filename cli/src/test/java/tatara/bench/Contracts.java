package tatara.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Column;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.Lake;
import tatara.data.source.Sources;
import tatara.testkit.fault.Fault;
import tatara.testkit.fault.Injected;
import tatara.testkit.fault.Injector;
import tatara.testkit.fault.TextTable;

/** Behind {@code bench/contracts}: false alarms on rows held back, and faults caught, for every table below a folder. */
public final class Contracts {
    private static final int MOST_ROWS = 30_000;
    private static final int MOST_HELD = 4_000;
    /** Fewer held-back rows than this can hide a fault in a tenth of them. */
    private static final int MANY_HELD = 200;

    private final Lake lake;
    private final Path cache;
    private final Map<String, String> options;
    private final PrintStream progress;
    private long rules;
    private long comparisons;
    private final List<String> falseStops = new ArrayList<>();
    private final List<String> falseWarnings = new ArrayList<>();
    private final List<String> falseDifferences = new ArrayList<>();
    private final Map<Fault, int[]> caught = new LinkedHashMap<>();
    private final List<String> misses = new ArrayList<>();
    private int injectedInMany;
    private int caughtInMany;

    private Contracts(Lake lake, Path cache, Map<String, String> options, PrintStream progress) {
        this.lake = lake;
        this.cache = cache;
        this.options = options;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.SEVERE);
        Path home = Files.createTempDirectory("tatara-contracts");
        long start = System.nanoTime();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Lake lake = Lake.open(home, 1_500, 2)) {
            Contracts figures = new Contracts(lake, home.resolve("cache"), options, System.err);
            figures.run();
            Json report = figures.report().with("seconds", (System.nanoTime() - start) / 1e9);
            out.println(JsonText.writePretty(report));
        } finally {
            delete(home);
        }
    }

    private static void delete(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void run() throws IOException {
        Path datasets = Path.of(options.getOrDefault("--datasets", "."));
        String only = options.getOrDefault("--only", "");
        List<Path> files;
        try (Stream<Path> found = Files.walk(datasets)) {
            files = found.filter(file -> file.toString().matches("(?i).*\\.(csv|parquet|jsonl|tsv)"))
                    .filter(file -> file.toString().contains(only))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = datasets.relativize(file)
                    .toString()
                    .replaceAll("[^A-Za-z0-9]+", "-")
                    .replaceAll("-(csv|parquet)$", "");
            try {
                trial(name, read(file), Optional.empty());
            } catch (TataraException e) {
                progress.println(name + ": cannot be read: " + e.fault().what());
            }
        }
        String linked = options.getOrDefault("--linked", "");
        if (!linked.isEmpty()) {
            linked(Path.of(linked));
        }
    }

    /** A folder with customers.csv and payments.csv: the second refers to the first. */
    private void linked(Path folder) {
        TextTable parent = read(folder.resolve("customers.csv"));
        TextTable child = read(folder.resolve("payments.csv"));
        String key = parent.columns().get(0);
        ContractTrial.profile(lake, "customers", parent.columns(), parent.rows());
        String column = child.columns().stream()
                .filter(key::equals)
                .findFirst()
                .orElse(child.columns().get(0));
        trial("payments", child, Optional.of(new ColumnLink("payments", column, "customers", key, 1)));
    }

    private TextTable read(Path file) {
        FrameSource source = new Sources(cache).frames(file.toString());
        List<@Nullable String[]> rows = new ArrayList<>();
        List<String> names =
                source.schema().fields().stream().map(field -> field.name()).toList();
        source.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                @Nullable String[] cells = new String[names.size()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = text(frame.column(i), row);
                }
                rows.add(cells);
            }
        });
        if (rows.size() > MOST_ROWS) {
            Collections.shuffle(rows, new Random(7));
            rows.subList(MOST_ROWS, rows.size()).clear();
        }
        return new TextTable(names, Collections.nCopies(names.size(), ColumnType.TEXT), rows);
    }

    private static @Nullable String text(Column column, int row) {
        if (column.isMissing(row)) {
            return null;
        }
        if (column instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
        if (column instanceof TimeColumn times) {
            return java.time.Instant.ofEpochMilli(times.micros()[row] / 1000).toString();
        }
        return ((TextColumn) column).value(row);
    }

    private void trial(String name, TextTable table, Optional<ColumnLink> link) {
        if (table.columns().size() > Integer.parseInt(options.getOrDefault("--widest", "10000"))) {
            return;
        }
        int splits = Integer.parseInt(options.getOrDefault("--splits", "3"));
        long before = System.nanoTime();
        for (int split = 0; split < splits; split++) {
            ContractTrial trial = ContractTrial.of(lake, name, table, link, 100 + split);
            TextTable held = trial.held(Integer.MAX_VALUE);
            if (held.rows().isEmpty()) {
                return;
            }
            rules += trial.contract().rules().size();
            comparisons += trial.comparisons(held);
            ContractTrial.Findings findings = trial.check(held, held.rows().size());
            String at = name + " split " + split + ": ";
            findings.stopped().forEach(one -> falseStops.add(at + one));
            findings.warned().forEach(one -> falseWarnings.add(at + one));
            findings.differing().forEach(one -> falseDifferences.add(at + one));
            if (split == 0) {
                faults(name, trial, link);
            }
        }
        progress.printf("%-45s %6.1f s%n", name, (System.nanoTime() - before) / 1e9);
    }

    private void faults(String name, ContractTrial trial, Optional<ColumnLink> link) {
        int most = Integer.parseInt(options.getOrDefault("--columns", "3"));
        TextTable held = trial.held(MOST_HELD);
        Injector injector = new Injector(1);
        for (Fault fault : Fault.values()) {
            int tried = 0;
            List<String> columns = new ArrayList<>(held.columns());
            Collections.shuffle(columns, new Random(fault.ordinal()));
            if (fault == Fault.ORPHANED_KEY) {
                columns = link.map(one -> List.of(one.column())).orElse(List.of());
            }
            for (String column : columns) {
                boolean rowFault = fault == Fault.DUPLICATED_ROWS || fault == Fault.DROPPED_ROWS;
                if (tried >= (rowFault ? 1 : most)) {
                    break;
                }
                Optional<Injected> injected = injector.inject(held, fault, column);
                if (injected.isPresent()) {
                    tried++;
                    judge(name, trial, injected.get(), held.rows().size());
                }
            }
        }
    }

    private void judge(String name, ContractTrial trial, Injected injected, int usual) {
        ContractTrial.Findings findings = trial.check(injected.table(), usual);
        int[] counts = caught.computeIfAbsent(injected.fault(), absent -> new int[3]);
        counts[0]++;
        counts[1] += findings.any() ? 1 : 0;
        counts[2] += findings.stopped().isEmpty() ? 0 : 1;
        if (usual >= MANY_HELD) {
            injectedInMany++;
            caughtInMany += findings.any() ? 1 : 0;
        }
        if (!findings.any()) {
            misses.add(injected.fault() + " in " + name + " " + injected.columns() + ", " + injected.touched() + " of "
                    + injected.table().rows().size() + " rows");
        }
    }

    private Json.Obj report() {
        int injected = caught.values().stream().mapToInt(counts -> counts[0]).sum();
        int found = caught.values().stream().mapToInt(counts -> counts[1]).sum();
        List<Json> faults = new ArrayList<>();
        caught.forEach((fault, counts) -> faults.add(Json.object()
                .with("fault", fault.name())
                .with("injected", counts[0])
                .with("caught", counts[1])
                .with("stoppedOrSetAside", counts[2])));
        return Json.object()
                .with("rules", rules)
                .with("falseBlocks", falseStops.size())
                .with("falseBlockRate", rules == 0 ? 0 : (double) falseStops.size() / rules)
                .with("falseWarnings", falseWarnings.size())
                .with("comparisons", comparisons)
                .with("falseDifferences", falseDifferences.size())
                .with("faultsInjected", injected)
                .with("faultsCaught", found)
                .with("caughtShare", injected == 0 ? 0 : (double) found / injected)
                .with("faultsInjectedInManyRows", injectedInMany)
                .with("faultsCaughtInManyRows", caughtInMany)
                .with("caughtShareInManyRows", injectedInMany == 0 ? 0 : (double) caughtInMany / injectedInMany)
                .with("faults", new Json.Arr(faults))
                .with("falseBlocksListed", Json.strings(falseStops))
                .with("falseWarningsListed", Json.strings(falseWarnings))
                .with("falseDifferencesListed", Json.strings(falseDifferences))
                .with("missesListed", Json.strings(misses));
    }
}
