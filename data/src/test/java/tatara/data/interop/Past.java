package tatara.data.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;
import tatara.data.lake.Target;
import tatara.data.lake.Upsert;

/** A table to which everything has happened that can happen to one. */
final class Past {
    static final String LAYER = "raw";
    static final String NAME = "shop.orders";
    static final String IDENTIFIER = "raw.shop.orders";

    private Past() {}

    private static String rows(int from, int count) {
        return "SELECT range AS id, CASE WHEN range % 11 = 0 THEN NULL ELSE 'nämé \"' || range % 5 END AS name,"
                + " CASE WHEN range % 13 = 0 THEN NULL ELSE range / 7.0 END AS amount,"
                + " TIMESTAMP '2024-01-15 10:00:00.123456' + INTERVAL (range) HOUR AS at, range % 2 = 0 AS \"is paid?\","
                + " 's' || range % 3 AS shop FROM range(" + from + ", " + (from + count) + ")";
    }

    /** The versions by what made them, the newest of {@code main} last. */
    static Map<String, TableRef> make(Lake lake) {
        Map<String, TableRef> versions = new LinkedHashMap<>();
        versions.put("append", lake.append(LAYER, NAME, rows(0, 1500), Map.of("file", "a.csv")));
        lake.history().tag(LAYER, NAME, "first", "main");
        versions.put(
                "append with a column more",
                lake.append(LAYER, NAME, "SELECT *, id * 2 AS extra FROM (" + rows(1500, 500) + ")", Map.of()));
        versions.put(
                "upsert",
                lake.apply(
                        LAYER,
                        NAME,
                        new Upsert(
                                "SELECT range * 10 AS id, 'changed' AS name, range % 4 = 0 AS gone FROM range(250)",
                                List.of("id"), Optional.of("gone"), Map.of())));
        lake.history().branch(LAYER, NAME, "trial", "main");
        versions.put(
                "append on a branch",
                lake.append(
                        lake.engine(),
                        LAYER,
                        NAME,
                        "SELECT -1 AS id, 'trial' AS name",
                        Target.branch("trial", Map.of())));
        versions.put(
                "a column of another type",
                lake.append(LAYER, NAME, "SELECT 3000 AS id, 'w' AS name, 'many' AS extra", Map.of()));
        versions.put("restore", lake.history().restore(LAYER, NAME, "first"));
        versions.put("append after restore", lake.append(LAYER, NAME, rows(5000, 100), Map.of()));
        versions.put("compact", lake.history().compact(LAYER, NAME));
        versions.put(
                "partitions",
                lake.history()
                        .compact(
                                LAYER, NAME, Optional.of(new Layout(List.of("shop", "month(at)"), List.of("amount")))));
        versions.put("append to partitions", lake.append(LAYER, NAME, rows(7000, 100), Map.of()));
        return versions;
    }

    /** Writes each version's rows, in order, to a Parquet file, and a list of them. */
    static Path write(Lake lake, Map<String, TableRef> versions, Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder list = new StringBuilder();
        try (Engine engine = lake.importing(List.of(folder))) {
            for (TableRef version : versions.values()) {
                Path file = folder.resolve(version.snapshot() + ".parquet");
                engine.execute("COPY (SELECT * FROM " + lake.from(version) + " ORDER BY _row) TO "
                        + Engine.literal(file.toString()) + " (FORMAT parquet)");
                list.append(version.snapshot()).append('\t').append(file).append('\n');
            }
        }
        return Files.writeString(folder.resolve("versions.tsv"), list);
    }
}
