package tatara.testkit.subscription;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Command line of the simulator; {@code bench/generate} starts it. */
public final class Generate {
    private static final int COLUMNS = 20;
    private static final Set<String> OPTIONS = Set.of(
            "rows",
            "columns",
            "seed",
            "out",
            "tables",
            "signups",
            "months",
            "base-rate",
            "dirt",
            "lateness",
            "drift",
            "label-delay",
            "seasonality",
            "arm-effect",
            "future-days",
            "threads");
    private final Map<String, String> options;

    private Generate(Map<String, String> options) {
        this.options = options;
    }

    /** @throws IllegalArgumentException that says which option is wrong */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!OPTIONS.contains(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("option: " + arguments[i] + " (expected: --NAME VALUE, with one of "
                        + new TreeSet<>(OPTIONS) + ")");
            }
            options.put(name, arguments[i + 1]);
        }
        if (!options.containsKey("out")) {
            throw new IllegalArgumentException("option: --out is missing (expected: --out PATH)");
        }
        new Generate(options).run();
    }

    private void run() throws IOException {
        Path out = Path.of(text("out", ""));
        if (options.containsKey("signups")) {
            new DailySignups((int) number("signups", 400), (long) number("seed", 42), LocalDate.of(2024, 12, 2))
                    .write(out);
            return;
        }
        CsvTables tables = new CsvTables(Simulation.of(scenario()), (int)
                number("threads", Runtime.getRuntime().availableProcessors()));
        if (options.containsKey("tables")) {
            Set<CsvTables.Table> chosen = new TreeSet<>();
            for (CsvTables.Table table : CsvTables.Table.values()) {
                String name = table.name().toLowerCase(java.util.Locale.ROOT);
                if (text("tables", "").equals("all") || ("," + text("tables", "") + ",").contains("," + name + ",")) {
                    chosen.add(table);
                }
            }
            tables.write(out, chosen);
            return;
        }
        int columns = (int) number("columns", COLUMNS);
        if (columns < COLUMNS) {
            throw new IllegalArgumentException("--columns: " + columns + " (expected: >= " + COLUMNS + ")");
        }
        tables.writeCustomers(out, columns - COLUMNS);
    }

    private Scenario scenario() {
        Scenario scenario = Scenario.of((long) number("rows", 3000), (long) number("seed", 42))
                .withMonths((int) number("months", 12))
                .withBaseRate(number("base-rate", 0.2))
                .withLabelDelayDays((int) number("label-delay", 0))
                .withSeasonality(number("seasonality", 0))
                .withArmEffect(number("arm-effect", 0))
                .withFutureDays((int) number("future-days", 0))
                .withDirt(text("dirt", "none").equals("moderate") ? Dirt.moderate() : Dirt.none());
        if (options.containsKey("lateness")) {
            String[] parts = parts("lateness", 2);
            scenario = scenario.withLateness(new Lateness(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
        }
        if (options.containsKey("drift")) {
            String[] parts = parts("drift", 3);
            Drift.Kind kind = parts[0].equals("sudden") ? Drift.Kind.SUDDEN : Drift.Kind.GRADUAL;
            scenario = scenario.withDrift(new Drift(kind, Integer.parseInt(parts[1]), Double.parseDouble(parts[2])));
        }
        return scenario;
    }

    private String[] parts(String option, int count) {
        String[] parts = text(option, "").split(":", -1);
        if (parts.length != count) {
            throw new IllegalArgumentException(
                    "--" + option + ": " + text(option, "") + " (expected: " + count + " parts)");
        }
        return parts;
    }

    private String text(String option, String otherwise) {
        return options.getOrDefault(option, otherwise);
    }

    private double number(String option, double otherwise) {
        String value = options.get(option);
        return value == null ? otherwise : Double.parseDouble(value);
    }
}
