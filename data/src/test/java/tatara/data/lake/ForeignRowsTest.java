package tatara.data.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;

/** Rows that come through Iceberg without a {@code _row}, as other programs write them. */
class ForeignRowsTest {
    @TempDir
    private Path home;

    private void write(Lake lake, String file, String select) throws Exception {
        Path data = home.resolve("lake/raw/p/t/data").resolve(file);
        lake.engine()
                .execute("COPY (" + select + ") TO " + Engine.literal(data.toString())
                        + " (FORMAT parquet, FIELD_IDS {id: 1, \"file_row_number\": 2, _row: 3})");
        try (IcebergCatalog catalog = new IcebergCatalog(home.resolve("lake"))) {
            BaseTable table = catalog.load(LakeTable.of(home.resolve("lake"), "raw", "p.t"))
                    .orElseThrow();
            table.newAppend()
                    .appendFile(DataFiles.builder(table.spec())
                            .withPath(data.toString())
                            .withFileSizeInBytes(Files.size(data))
                            .withMetrics(ParquetMetrics.read(lake.engine(), data, table.schema()))
                            .withFormat("parquet")
                            .build())
                    .commit();
        }
    }

    private static List<String> rows(Lake lake, TableRef version) {
        return lake.engine()
                .query(
                        "SELECT id, _row, file_row_number FROM " + lake.from(version),
                        row -> row.getLong(1) + "@" + row.getLong(2) + row.getString(3));
    }

    @Test
    void they_get_numbers_after_all_others_which_the_next_change_stores() throws Exception {
        List<String> read;
        try (Lake lake = Lake.open(home, 200, 1)) {
            lake.append("raw", "p.t", "SELECT range AS id, 'x' AS file_row_number FROM range(3)", Map.of());
            write(
                    lake,
                    "z.parquet",
                    "SELECT 10 AS id, 'y' AS file_row_number, NULL::BIGINT AS _row UNION ALL SELECT 11, 'y', NULL");
            write(
                    lake,
                    "a.parquet",
                    "SELECT 20 AS id, 'y' AS file_row_number, 7::BIGINT AS _row UNION ALL SELECT 21, 'y', NULL");
        }
        try (Lake lake = Lake.open(home, 200, 1)) {
            TableRef current = lake.current("raw", "p.t").orElseThrow();
            read = rows(lake, current);
            assertThat(read).containsExactly("0@0x", "1@1x", "2@2x", "20@7y", "10@8y", "11@9y", "21@11y");
            TableRef appended = lake.append("raw", "p.t", "SELECT 30 AS id, 'x' AS file_row_number", Map.of());
            assertThat(rows(lake, appended))
                    .startsWith(read.toArray(String[]::new))
                    .endsWith("30@12x");
            TableRef changed = lake.apply(
                    "raw",
                    "p.t",
                    new Upsert("SELECT 21 AS id, 'z' AS file_row_number", List.of("id"), Optional.empty(), Map.of()));
            assertThat(rows(lake, changed)).hasSize(8).contains("21@11z", "30@12x", "10@8y");
            assertThat(rows(lake, current)).isEqualTo(read);
            assertThat(lake.history().log("raw", "p.t", "main"))
                    .extracting(Version::operation)
                    .containsExactly("upsert", "append", "number", "append", "append", "append");
        }
    }

    @Test
    void a_writer_that_expects_the_version_it_read_is_not_refused_for_the_numbering() throws Exception {
        try (Lake lake = Lake.open(home, 200, 1)) {
            lake.append("raw", "p.t", "SELECT 1 AS id, 'x' AS file_row_number", Map.of());
            write(lake, "z.parquet", "SELECT 10 AS id, 'y' AS file_row_number, NULL::BIGINT AS _row");
        }
        try (Lake lake = Lake.open(home, 200, 1)) {
            TableRef current = lake.current("raw", "p.t").orElseThrow();
            TableRef appended = lake.append(
                    lake.engine(),
                    "raw",
                    "p.t",
                    "SELECT 2 AS id, 'x' AS file_row_number",
                    Target.main(Map.of()).expecting(current.snapshot()));
            assertThat(rows(lake, appended)).containsExactly("1@0x", "10@1y", "2@2x");
        }
    }
}
