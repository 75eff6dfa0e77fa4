package tatara.data.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;
import tatara.data.lake.Upsert;

@Tag("slow")
class SparkTest {
    private static final String TABLE = "tatara.raw.shop.orders";

    @TempDir
    private Path folder;

    @Test
    void every_version_of_a_table_reads_the_same() throws Exception {
        Path home = folder.resolve("home");
        Map<String, TableRef> versions;
        try (Lake lake = Lake.open(home, 300, 2)) {
            versions = Past.make(lake);
            Past.write(lake, versions, folder.resolve("expected"));
        }
        List<String> lines = new ArrayList<>();
        versions.forEach((what, version) -> lines.add(
                "compare SELECT * FROM " + TABLE + " VERSION AS OF " + version.snapshot() + "\t" + expected(version)));
        lines.add("compare SELECT * FROM " + TABLE + " VERSION AS OF 'first'\t" + expected(versions.get("append")));
        lines.add("compare SELECT * FROM " + TABLE + "\t" + expected(versions.get("append to partitions")));
        List<TableRef> asked = new ArrayList<>(versions.values());
        asked.add(versions.get("append"));
        asked.add(versions.get("append to partitions"));
        lines.add("value SELECT sum(id) FROM " + TABLE + " VERSION AS OF 'trial'");
        List<String> said = new Spark(home, folder).run(lines);
        List<String> wanted = new ArrayList<>();
        asked.forEach(version -> wanted.add("compared " + version.rows() + " rows, 0 more, 0 fewer"));
        try (Lake lake = Lake.open(home, 300, 2)) {
            wanted.add("value "
                    + lake.engine()
                            .first(
                                    "SELECT sum(id)::BIGINT FROM " + lake.from(versions.get("append on a branch")),
                                    row -> row.getLong(1))
                            .orElseThrow());
        }
        assertThat(said).containsExactlyElementsOf(wanted);
    }

    private Path expected(TableRef version) {
        return folder.resolve("expected").resolve(version.snapshot() + ".parquet");
    }

    @Test
    void what_spark_writes_becomes_versions_of_the_lake() throws Exception {
        Path home = folder.resolve("home");
        try (Lake lake = Lake.open(home, 300, 2)) {
            lake.append("raw", "shop.orders", "SELECT range AS id, 'n' || range AS name FROM range(100)", Map.of());
        }
        Spark spark = new Spark(home, folder);
        spark.run(List.of(
                "INSERT INTO " + TABLE + " (id, name) VALUES (200, 'ü'), (201, NULL)",
                "DELETE FROM " + TABLE + " WHERE id < 10",
                "UPDATE " + TABLE + " SET name = 'updated' WHERE id = 50",
                "ALTER TABLE " + TABLE + " ADD COLUMN price DOUBLE",
                "ALTER TABLE " + TABLE + " RENAME COLUMN name TO title",
                "MERGE INTO " + TABLE
                        + " t USING (SELECT 60L AS id, 'merged' AS title, 1.5D AS price UNION ALL SELECT 300L,"
                        + " 'new', 2.5D) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.title = s.title, t.price = s.price"
                        + " WHEN NOT MATCHED THEN INSERT (id, title, price) VALUES (s.id, s.title, s.price)"));
        List<String> read;
        try (Lake lake = Lake.open(home, 300, 2)) {
            TableRef current = lake.current("raw", "shop.orders").orElseThrow();
            assertThat(current.rows()).isEqualTo(93);
            assertThat(lake.columns(current)).containsExactlyInAnyOrder("id", "title", "price");
            read = rows(lake, current);
            assertThat(read).contains("200|ü|null", "50|updated|null", "60|merged|1.5", "300|new|2.5", "201|null|null");
            assertThat(lake.history().log("raw", "shop.orders", "main")).hasSize(5);
            assertThat(distinctRows(lake, current)).isEqualTo(93);
        }
        try (Lake lake = Lake.open(home, 300, 2)) {
            List<Long> numbers =
                    numbers(lake, lake.current("raw", "shop.orders").orElseThrow());
            TableRef appended = lake.append("raw", "shop.orders", "SELECT 400 AS id, 'mine' AS title", Map.of());
            assertThat(numbers(lake, appended))
                    .startsWith(numbers.toArray(Long[]::new))
                    .hasSize(94);
            TableRef upserted = lake.apply(
                    "raw",
                    "shop.orders",
                    new Upsert(
                            "SELECT 200 AS id, 'theirs' AS title UNION ALL SELECT 401, 'x'",
                            List.of("id"),
                            Optional.empty(),
                            Map.of()));
            assertThat(upserted.rows()).isEqualTo(95);
            assertThat(distinctRows(lake, upserted)).isEqualTo(95);
            assertThat(rows(lake, upserted))
                    .contains("200|theirs|null", "400|mine|null")
                    .containsAll(
                            read.stream().filter(row -> !row.startsWith("200|")).toList());
            TableRef compact = lake.history().compact("raw", "shop.orders", Optional.of(Layout.none()));
            assertThat(rows(lake, compact)).isEqualTo(rows(lake, upserted));
        }
        assertThat(spark.run(List.of("value SELECT count(DISTINCT _row) FROM " + TABLE)))
                .containsExactly("value 95");
    }

    @Test
    void delete_files_are_refused_and_what_was_before_them_stays_readable() throws Exception {
        Path home = folder.resolve("home");
        TableRef before;
        try (Lake lake = Lake.open(home, 300, 2)) {
            before = lake.append("raw", "shop.orders", "SELECT range AS id FROM range(100)", Map.of());
        }
        new Spark(home, folder)
                .run(List.of(
                        "ALTER TABLE " + TABLE + " SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')",
                        "DELETE FROM " + TABLE + " WHERE id = 5"));
        try (Lake lake = Lake.open(home, 300, 2)) {
            assertThatThrownBy(() -> lake.current("raw", "shop.orders"))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("delete files");
            assertThatThrownBy(() -> lake.append("raw", "shop.orders", "SELECT 1 AS id", Map.of()))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("delete files");
            assertThat(numbers(lake, before)).hasSize(100);
        }
        new Spark(home, folder)
                .run(List.of("CALL tatara.system.rewrite_data_files(table => 'raw.shop.orders', options =>"
                        + " map('rewrite-all', 'true'))"));
        try (Lake lake = Lake.open(home, 300, 2)) {
            assertThat(numbers(lake, lake.current("raw", "shop.orders").orElseThrow()))
                    .hasSize(99);
        }
        assertThat(Files.exists(home)).isTrue();
    }

    private static List<String> rows(Lake lake, TableRef version) {
        return lake.engine()
                .query(
                        "SELECT id, title, price FROM " + lake.from(version),
                        row -> row.getString(1) + "|" + row.getString(2) + "|" + row.getString(3));
    }

    private static List<Long> numbers(Lake lake, TableRef version) {
        return lake.engine().query("SELECT _row FROM " + lake.from(version), row -> row.getLong(1));
    }

    private static long distinctRows(Lake lake, TableRef version) {
        return lake.engine()
                .first("SELECT count(DISTINCT _row) FROM " + lake.from(version), row -> row.getLong(1))
                .orElseThrow();
    }
}
