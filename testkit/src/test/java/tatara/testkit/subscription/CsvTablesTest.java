package tatara.testkit.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.testkit.subscription.CsvTables.Table;

class CsvTablesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @TempDir
    private Path directory;

    private List<String> customers(Scenario scenario) throws IOException {
        Path file = directory.resolve("customers.csv");
        new CsvTables(Simulation.of(scenario), 2).writeCustomers(file, 0);
        return Files.readAllLines(file);
    }

    @Test
    void theExamplesAreWhatTheSimulatorWrites() throws IOException {
        Simulation simulation = Simulation.of(Scenario.of(2_500, 42));
        EnumSet<Table> tables = EnumSet.of(Table.CUSTOMERS, Table.PAYMENTS, Table.USAGE, Table.TICKETS);
        new CsvTables(simulation, 2).write(directory, tables);
        for (Table table : tables) {
            assertThat(directory.resolve(table.fileName()))
                    .hasSameBinaryContentAs(EXAMPLES.resolve("subscriptions").resolve(table.fileName()));
        }
        new DailySignups(400, 42, LocalDate.of(2024, 12, 2)).write(directory.resolve("signups.csv"));
        assertThat(directory.resolve("signups.csv")).hasSameBinaryContentAs(EXAMPLES.resolve("signups.csv"));
    }

    @Test
    void bytesDoNotDependOnTheNumberOfThreads() throws IOException {
        Scenario scenario = Scenario.of(12_000, 5).withDirt(Dirt.moderate());
        EnumSet<Table> tables = EnumSet.allOf(Table.class);
        new CsvTables(Simulation.of(scenario), 1).write(directory.resolve("one"), tables);
        new CsvTables(Simulation.of(scenario), 3).write(directory.resolve("three"), tables);
        for (Table table : tables) {
            assertThat(directory.resolve("one").resolve(table.fileName()))
                    .hasSameBinaryContentAs(directory.resolve("three").resolve(table.fileName()));
        }
    }

    @Test
    void theTruthIsInItsOwnTableOnly() throws IOException {
        assertThat(customers(Scenario.of(1, 1)).get(0))
                .isEqualTo("customer_id,snapshot_date,signup_date,tenure_months,plan,country,age,monthly_fee,contract,"
                        + "days_to_renewal,payment_method,usage_last_30d,usage_trend,days_since_last_use,"
                        + "failed_payments,tickets_open,last_ticket_subject,newsletter,experiment_arm,cancelled");
        new CsvTables(Simulation.of(Scenario.of(3, 1)), 1).write(directory, EnumSet.of(Table.TRUTH));
        List<String> truth = Files.readAllLines(directory.resolve("truth.csv"));
        assertThat(truth).hasSize(4);
        assertThat(Double.parseDouble(truth.get(1).split(",", -1)[2]))
                .isEqualTo(Simulation.of(Scenario.of(3, 1)).customer(0).probability());
    }

    @Test
    void noiseColumnsWidenTheTableBeforeTheTarget() throws IOException {
        Path file = directory.resolve("wide.csv");
        new CsvTables(Simulation.of(Scenario.of(50, 1)), 1).writeCustomers(file, 5);
        String header = Files.readAllLines(file).get(0);
        assertThat(header).endsWith(",extra_1,extra_2,extra_3,extra_4,extra_5,cancelled");
    }

    @Test
    void dirtIsWhereItWasAskedForAndNowhereElse() throws IOException {
        Scenario scenario = Scenario.of(3_000, 9);
        List<String> clean = customers(scenario);
        List<String> dirty = customers(scenario.withDirt(Dirt.moderate()));
        assertThat(dirty).hasSameSizeAs(clean);
        assertThat(dirty.stream().filter(line -> line.contains(",?,")).count()).isBetween(150L, 400L);
        assertThat(dirty.stream().skip(1).filter(line -> line.contains(" $")).count())
                .isGreaterThan(2_800);
        assertThat(String.join("\n", dirty)).containsPattern("\\d\\d/\\d\\d/\\d{4}");
        for (int i = 1; i < clean.size(); i++) {
            assertThat(dirty.get(i).substring(0, 19)).isEqualTo(clean.get(i).substring(0, 19));
            assertThat(last(dirty.get(i))).isEqualTo(last(clean.get(i)));
        }
        assertThat(String.join("\n", clean)).doesNotContain(",?,").doesNotContain("$");
    }

    private static String last(String line) {
        String[] cells = line.split(",", -1);
        return Arrays.stream(cells).skip(cells.length - 1).findFirst().orElseThrow();
    }
}
