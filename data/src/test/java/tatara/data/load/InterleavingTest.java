package tatara.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Lake;
import tatara.data.source.Sources;

/** Whatever the order, the repetitions and the interruptions of batches, the table is that of one load of all rows in their order. */
final class InterleavingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private record Row(int key, int value, int minute, boolean gone) {
        String line() {
            return key + "," + value + "," + START.plusSeconds(60L * minute) + "," + gone;
        }
    }

    private static List<Row> rows(Random random, int count) {
        List<Integer> minutes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            minutes.add(i);
        }
        Collections.shuffle(minutes, random);
        List<Row> rows = new ArrayList<>();
        for (int minute : minutes) {
            rows.add(new Row(random.nextInt(12), random.nextInt(1_000), minute, random.nextInt(5) == 0));
        }
        return rows;
    }

    /** Every row in some batch, some in several. */
    private List<Path> batches(Random random, List<Row> rows, int count) throws IOException {
        List<List<Row>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(new ArrayList<>());
        }
        for (Row row : rows) {
            batches.get(random.nextInt(count)).add(row);
            while (random.nextInt(4) == 0) {
                batches.get(random.nextInt(count)).add(row);
            }
        }
        List<Path> files = new ArrayList<>();
        for (List<Row> batch : batches) {
            Collections.shuffle(batch, random);
            files.add(write("batch-" + files.size() + ".csv", batch));
        }
        return files;
    }

    private Path write(String name, List<Row> rows) throws IOException {
        String lines = rows.stream().map(row -> row.line() + "\n").collect(Collectors.joining());
        return Files.writeString(directory.resolve(name), "key,value,at,gone\n" + lines);
    }

    private static void load(Lake lake, Path cache, Path file, LoadRequest request) {
        new Loading(lake, cache, NOW)
                .load(
                        request,
                        new Sources(cache)
                                .discover(List.of(new DataArgument("t", file.toString())))
                                .get(0));
    }

    /** Loads again and again until it is not interrupted any more. */
    private static void loadInterrupted(Lake lake, Path cache, Path file, LoadRequest request, Random random)
            throws InterruptedException {
        boolean done = false;
        for (int wait = random.nextInt(40); !done; wait += 5 + random.nextInt(40)) {
            int delay = wait;
            Thread killer = new Thread(() -> {
                try {
                    Thread.sleep(delay);
                    lake.engine().cancel();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            killer.start();
            try {
                load(lake, cache, file, request);
                done = true;
            } catch (TataraException e) {
                assertThat(e.code()).isIn(CoreErrorCode.CANCELLED, DataErrorCode.QUERY_FAILED);
            } finally {
                killer.interrupt();
                killer.join();
            }
        }
    }

    private static List<String> table(Lake lake) {
        TableRef ref = lake.current("raw", "p.t").orElseThrow();
        return lake.engine()
                .query(
                        "SELECT concat_ws(',', \"key\", \"value\", \"at\", \"gone\") AS line FROM " + lake.from(ref)
                                + " ORDER BY line",
                        row -> row.getString(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void byKey(long seed) throws Exception {
        Random random = new Random(seed);
        LoadRequest request = LoadRequest.of("p.t").by("key").after("at").deletedBy("gone");
        List<Row> rows = rows(random, 60);
        List<Path> batches = batches(random, rows, 5);
        Map<Integer, Row> last = new TreeMap<>();
        rows.stream().sorted(Comparator.comparingInt(Row::minute)).forEach(row -> last.put(row.key(), row));
        List<String> expected = last.values().stream()
                .filter(row -> !row.gone())
                .map(Row::line)
                .sorted()
                .toList();
        assertThat(interleaved(batches, request, random)).isEqualTo(expected);
        assertThat(whole(rows, request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void byContent(long seed) throws Exception {
        Random random = new Random(seed);
        LoadRequest request = LoadRequest.of("p.t").in(Mode.APPEND).after("at").lateBy("1d");
        List<Row> rows = rows(random, 60);
        List<Path> batches = batches(random, rows, 5).stream()
                .map(file -> {
                    try {
                        List<String> lines = Files.readAllLines(file);
                        List<String> distinct = new ArrayList<>(new TreeSet<>(lines.subList(1, lines.size())));
                        Collections.shuffle(distinct, random);
                        return Files.writeString(file, lines.get(0) + "\n" + String.join("\n", distinct) + "\n");
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
        List<String> expected = rows.stream().map(Row::line).sorted().toList();
        assertThat(interleaved(batches, request, random)).isEqualTo(expected);
        assertThat(whole(rows, request)).isEqualTo(expected);
    }

    @Test
    @Tag("slow")
    void processesThatAreKilled() throws Exception {
        Random random = new Random(7);
        List<Row> rows = rows(random, 400);
        List<String> arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledLoad.class.getName(),
                directory.resolve("killed").toString()));
        batches(random, rows, 12).forEach(file -> arguments.add(file.toString()));
        int kills = 0;
        for (int life = 1_500; kills < 6; life += 300) {
            Process process = new ProcessBuilder(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.txt").toFile())
                    .start();
            if (process.waitFor(life + random.nextInt(1_500), TimeUnit.MILLISECONDS)) {
                break;
            }
            process.destroyForcibly().waitFor();
            kills++;
        }
        assertThat(kills).isPositive();
        Process last = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        assertThat(last.waitFor())
                .as(Files.readString(directory.resolve("output.txt")))
                .isZero();
        LoadRequest request = LoadRequest.of("p.t").by("key").after("at").deletedBy("gone");
        List<String> expected = whole(rows, request);
        try (Lake lake = Lake.open(directory.resolve("killed"), 256, 1)) {
            assertThat(table(lake)).isEqualTo(expected);
        }
    }

    private List<String> interleaved(List<Path> batches, LoadRequest request, Random random) throws Exception {
        Path home = directory.resolve("interleaved");
        try (Lake lake = Lake.open(home, 512, 2)) {
            for (Path file : batches) {
                loadInterrupted(lake, home.resolve("cache"), file, request, random);
                load(lake, home.resolve("cache"), batches.get(random.nextInt(batches.indexOf(file) + 1)), request);
            }
            long snapshots = lake.history().log("raw", "p.t", "main").size();
            batches.forEach(file -> load(lake, home.resolve("cache"), file, request));
            assertThat(lake.history().log("raw", "p.t", "main")).hasSize((int) snapshots);
            return table(lake);
        }
    }

    private List<String> whole(List<Row> rows, LoadRequest request) throws IOException {
        Path home = directory.resolve("whole");
        List<Row> sorted =
                rows.stream().sorted(Comparator.comparingInt(Row::minute)).toList();
        try (Lake lake = Lake.open(home, 512, 2)) {
            load(lake, home.resolve("cache"), write("all.csv", sorted), request);
            return table(lake);
        }
    }
}
