package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.DataDesign;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableRef;

@Tag("slow")
class GrowthTest {
    private static final int ROWS = 1_000_000;
    private static final int NUMBERS = 15;

    @TempDir
    private Path directory;

    @Test
    void a_million_rows_of_twenty_columns_go_through() throws IOException {
        try (SourceHome home = new SourceHome(directory)) {
            Path file = home.file("big.csv", "");
            write(file);
            Ingested ingested = home.ingest(file);
            assertThat(ingested.audit().rows()).isEqualTo(ROWS);
            TableRef prepared = new Preparation(home.lake)
                    .prepare(contract(home.lake.columns(ingested.raw())), ingested.raw(), "p");
            assertThat(prepared.rows()).isEqualTo(ROWS - 1);
            long[] rows = {0};
            home.lake.frames(prepared).forEach(frame -> rows[0] += frame.rows());
            assertThat(rows[0]).isEqualTo(ROWS - 1);
        }
    }

    private static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            StringBuilder line = new StringBuilder("id");
            for (int i = 1; i < 20; i++) {
                line.append(",c").append(i);
            }
            out.append(line).append('\n');
            for (int row = 0; row < ROWS; row++) {
                if (row != ROWS - 1) {
                    line.setLength(0);
                    line.append("C").append(row);
                    for (int i = 1; i < 20; i++) {
                        line.append(',')
                                .append(i < NUMBERS ? random.nextInt(100_000) / 100.0 : "level" + random.nextInt(20));
                    }
                }
                out.append(line).append('\n');
            }
        }
    }

    private static DataDesign.Table contract(List<String> names) {
        List<DataDesign.Contract> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ColumnType type = i == 0 ? ColumnType.IDENTIFIER : i < NUMBERS ? ColumnType.NUMBER : ColumnType.CATEGORY;
            columns.add(new DataDesign.Contract(
                    names.get(i),
                    type,
                    DataDesign.Role.FEATURE,
                    CellFormat.plain(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    ""));
        }
        return new DataDesign.Table(
                "big", columns, List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.DROP);
    }
}
