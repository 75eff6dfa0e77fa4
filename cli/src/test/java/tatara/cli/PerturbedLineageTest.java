package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.json.Document;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;
import tatara.core.run.LineageMap;
import tatara.data.lake.Lake;
import tatara.model.bundle.ModelBundle;
import tatara.model.transform.FittedTransform;
import tatara.pipeline.execute.Workspace;

/**
 * A lineage is true if what it says of a column can be seen: the values of one source column are shuffled, everything up to the features is
 * made again with the designs and the fitted transform as they were, and what changed is compared with what the lineage names.
 */
class PerturbedLineageTest {
    private static final String NAME = "shop";
    private static final int PEOPLE = 400;

    @TempDir
    private static Path folder;

    private static final Map<String, List<String[]>> TABLES = new LinkedHashMap<>();
    private static LineageMap map = new LineageMap(new Lineage("", "", List.of(), List.of()));

    @BeforeAll
    static void run_once() throws IOException {
        List<String[]> people = new ArrayList<>();
        List<String[]> buys = new ArrayList<>();
        people.add(new String[] {"person", "joined", "age", "city", "colour", "seen", "left"});
        buys.add(new String[] {"person", "day", "spent", "shelf"});
        Random random = new Random(11);
        for (int i = 0; i < PEOPLE; i++) {
            int age = 20 + random.nextInt(50);
            String city = random.nextInt(3) == 0 ? "Oslo" : "Rome";
            boolean left = random.nextInt(10) < (age > 45 ? 8 : 2);
            people.add(new String[] {
                "P%05d".formatted(i),
                "2024-01-%02d".formatted(1 + random.nextInt(28)),
                Integer.toString(age),
                city,
                List.of("red", "green", "blue", "grey").get(random.nextInt(4)),
                "2025-06-%02d".formatted(1 + random.nextInt(20)),
                left ? "yes" : "no"
            });
            for (int j = random.nextInt(4); j >= 0; j--) {
                buys.add(new String[] {
                    "P%05d".formatted(i),
                    "2025-%02d-%02d".formatted(1 + random.nextInt(5), 1 + random.nextInt(28)),
                    "%d.50".formatted(5 + random.nextInt(90)),
                    List.of("north", "south", "cellar").get(random.nextInt(3))
                });
            }
        }
        TABLES.put("people", people);
        TABLES.put("buys", buys);
        for (String table : TABLES.keySet()) {
            write(table, TABLES.get(table));
        }
        CommandRun run = CommandRun.of(
                folder.resolve("home"),
                "run",
                "predict which people left",
                "--name",
                NAME,
                "--target",
                "left",
                "--data",
                file("people").toString(),
                "--data",
                file("buys").toString(),
                "--budget",
                "2s",
                "--goal",
                "roc_auc>=0.5",
                "--exit");
        assertThat(run.exit()).as(run.err()).isZero();
        map = new LineageMap(lineage());
        pin();
    }

    private static Path file(String table) {
        return folder.resolve(table + ".csv");
    }

    private static void write(String table, List<String[]> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
        Files.writeString(file(table), text);
    }

    private static Lineage lineage() throws IOException {
        Path path = folder.resolve("home/pipelines/" + NAME + "/lineage.json");
        return RecordCodec.read(
                Lineage.class,
                new Document(path.toString(), JsonText.read("lineage", Files.readString(path)), Map.of()));
    }

    /** Documents that a person edited are used as they are. */
    private static void pin() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("home/pipelines/" + NAME + "/handoffs"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.writeString(file, Files.readString(file) + "\n# as it was\n");
            }
        }
    }

    /** Features by name, then what the model answers: a value for each row. */
    private static Map<String, float[]> values() throws IOException {
        ModelBundle bundle;
        try (Wiring wiring = new Wiring(new Workspace(folder.resolve("home")))) {
            bundle = ModelBundle.load(
                    wiring.registry().get().production(NAME).orElseThrow().bundle());
        }
        FittedTransform transform = bundle.transform().orElseThrow();
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Lake lake = Lake.open(folder.resolve("home"), 512, 1)) {
            Map<String, String> view = lineage().of(Kind.VIEW).get(0).facts();
            String name = view.getOrDefault("table", "");
            TableRef rows = lake.history()
                    .at("features", name.substring(name.indexOf('/') + 1), view.getOrDefault("snapshot", ""))
                    .orElseThrow();
            List<String> inputs = transform.inputs().stream().map(Field::name).toList();
            transform.outputs().forEach(output -> values.put(output.name(), new float[PEOPLE]));
            values.put("prediction", new float[PEOPLE]);
            int[] at = {0};
            lake.frames(rows, inputs).forEach(frame -> {
                float[][] out = new float[transform.outputs().size()][frame.rows()];
                transform.apply(frame, out, 0);
                List<float[]> columns = new ArrayList<>(values.values());
                for (int i = 0; i < out.length; i++) {
                    System.arraycopy(out[i], 0, columns.get(i), at[0], frame.rows());
                }
                double[][] answers = bundle.predict(frame).probabilities();
                for (int i = 0; i < frame.rows(); i++) {
                    columns.get(out.length)[at[0] + i] = (float) answers[i][0];
                }
                at[0] += frame.rows();
            });
            assertThat(at[0]).isEqualTo(PEOPLE);
        }
        return values;
    }

    private static Set<String> changed(Map<String, float[]> before, Map<String, float[]> after) {
        Set<String> changed = new TreeSet<>();
        before.forEach((name, values) -> {
            if (!Arrays.equals(values, after.get(name))) {
                changed.add(name);
            }
        });
        return changed;
    }

    private static List<String[]> shuffled(List<String[]> rows, int column, long seed) {
        List<String> values = new ArrayList<>();
        rows.subList(1, rows.size()).forEach(row -> values.add(row[column]));
        Collections.shuffle(values, new Random(seed));
        List<String[]> copy = new ArrayList<>(List.<String[]>of(rows.get(0)));
        for (int i = 0; i < values.size(); i++) {
            String[] row = rows.get(i + 1).clone();
            row[column] = values.get(i);
            copy.add(row);
        }
        return copy;
    }

    @Test
    void what_changes_with_a_column_is_what_the_lineage_names() throws IOException {
        redesign();
        Map<String, float[]> before = values();
        Set<String> named = new TreeSet<>();
        map.of(Kind.FEATURE).forEach(feature -> named.add(feature.label()));
        Set<String> features = new TreeSet<>(before.keySet());
        features.remove("prediction");
        assertThat(named).as("the lineage has every feature of the model").isEqualTo(features);
        Map<String, Set<String>> wrong = new LinkedHashMap<>();
        int looked = 0;
        for (Map.Entry<String, List<String[]>> table : TABLES.entrySet()) {
            String[] header = table.getValue().get(0);
            for (int column = 0; column < header.length; column++) {
                write(table.getKey(), shuffled(table.getValue(), column, 7 + column));
                redesign();
                Set<String> changed = changed(before, values());
                String name = table.getKey() + "." + header[column];
                wrong.put(name, difference(source(name), changed));
                looked++;
            }
            write(table.getKey(), table.getValue());
        }
        assertThat(looked).isEqualTo(11);
        assertThat(wrong)
                .allSatisfy(
                        (column, features_) -> assertThat(features_).as(column).isEmpty());
        redesign();
        assertThat(changed(before, values())).as("put back").isEmpty();
    }

    private static Node source(String label) {
        return map.of(Kind.SOURCE).stream()
                .filter(node -> node.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** What changed without being named, and what has its values from the column but did not change. */
    private static Set<String> difference(Node source, Set<String> changed) {
        Set<String> may = new TreeSet<>();
        Set<String> must = new TreeSet<>();
        Set<String> reached = map.reach(List.of(source.id()), false);
        Set<String> direct = map.reachDirectly(List.of(source.id()), false);
        for (Node feature : map.columns(Kind.FEATURE, reached)) {
            may.add(feature.label());
            if (direct.contains(feature.id())) {
                must.add(feature.label());
            }
        }
        if (!may.isEmpty()) {
            may.add("prediction");
        }
        Set<String> difference = new TreeSet<>();
        changed.stream().filter(name -> !may.contains(name)).forEach(name -> difference.add("not named: " + name));
        must.stream().filter(name -> !changed.contains(name)).forEach(name -> difference.add("unchanged: " + name));
        return difference;
    }

    private static void redesign() {
        CommandRun run = CommandRun.of(
                folder.resolve("home"),
                "design",
                "predict which people left",
                "--name",
                NAME,
                "--target",
                "left",
                "--data",
                file("people").toString(),
                "--data",
                file("buys").toString());
        assertThat(run.exit()).as(run.err()).isZero();
    }
}
