package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.Json;

class DataErrorsTest {
    @TempDir
    Path folder;

    private Path home;
    private Path table;

    @BeforeEach
    void write() throws Exception {
        home = folder.resolve("home");
        table = folder.resolve("visits.csv");
        StringBuilder text = new StringBuilder("visit,\"clinic, name\",town,fee\n");
        for (int row = 0; row < 300; row++) {
            int clinic = row % 7;
            String town = row == 98
                    ? "Harbuor"
                    : List.of("Harbour", "Northfield", "Weston").get(clinic % 3);
            text.append(
                    String.format(Locale.ROOT, "%d,\"Clinic, %c\",%s,%d eur%n", row, 'A' + clinic, town, 20 + clinic));
        }
        Files.writeString(table, text);
    }

    private CommandRun errors(String... more) {
        List<String> all = new ArrayList<>(List.of("data", "errors", table.toString()));
        all.addAll(List.of(more));
        return CommandRun.of(home, all.toArray(String[]::new));
    }

    private static List<Json> items(CommandRun run, String member) {
        return ((Json.Arr) run.at(member)).items();
    }

    private static String text(Json document, String member) {
        return ((Json.Str) ((Json.Obj) document).members().get(member)).value();
    }

    @Test
    void theWrongCellComesWithReasonAndRepair() {
        CommandRun run = errors("--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.number("rows")).isEqualTo(300);
        assertThat(items(run, "errors")).hasSize(1);
        Json.Obj error = (Json.Obj) items(run, "errors").get(0);
        assertThat(text(error, "column")).isEqualTo("town");
        assertThat(text(error, "value")).isEqualTo("Harbuor");
        assertThat(text(error, "why")).contains("Harbour");
        assertThat(text(error.members().get("repair"), "value")).isEqualTo("Harbour");
    }

    @Test
    void rowsAskedForAreCorrectedInPlaceAndTeach() throws Exception {
        for (int asked : new int[] {1, 6}) {
            Path labels = folder.resolve("labels-" + asked + ".csv");
            assertThat(errors("--ask", String.valueOf(asked), "--out", labels.toString())
                            .exit())
                    .isZero();
            String text = Files.readString(labels);
            assertThat(text.lines()).hasSize(asked + 1);
            Files.writeString(labels, text.replace(" eur", "").replace("Harbuor", "Harbour"));
            CommandRun run = errors("--json", "--labels", labels.toString());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.number("labels")).isEqualTo(asked);
            if (asked == 6) {
                assertThat(items(run, "errors").stream()
                                .filter(error -> text(error, "column").equals("fee")))
                        .hasSize(300);
            }
        }
    }

    @Test
    void allSuspectedCellsCanBeWrittenAsCsv() throws Exception {
        Path out = folder.resolve("errors.csv");
        CommandRun run = errors("--out", out.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("1 cells of 300 rows");
        assertThat(Files.readString(out)).startsWith("row,column,value,probability,why,repair,confidence\n98,town,");
    }

    @Test
    void wrongUsageIsSaid() throws Exception {
        assertThat(errors("--ask", "-1").exit()).isEqualTo(2);
        assertThat(CommandRun.of(home, "data", "errors", "no-such-table").exit())
                .isEqualTo(2);
        Path labels = folder.resolve("labels.csv");
        Files.writeString(labels, "position,visit,town\n1,1,Weston\n2,2,Weston\n");
        CommandRun missing = errors("--labels", labels.toString());
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("clinic, name").contains("--ask");
        Files.writeString(
                labels, "position,visit,\"clinic, name\",town,fee\n900,1,\"Clinic, A\",Weston,20 eur\n901,2,x,y,z\n");
        assertThat(errors("--labels", labels.toString()).exit()).isEqualTo(2);
    }
}
