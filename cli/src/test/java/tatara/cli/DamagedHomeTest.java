package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the home that are lost, cut off or edited into garbage: mended where possible, else said with what to do. */
class DamagedHomeTest {
    private static final byte[] GARBAGE = {(byte) 0xff, 0, '{', '{', ':', ' ', '-', '['};

    @TempDir
    static Path shared;

    private static Path home;
    private static Path backup;
    private static BadData data;
    private static String good;
    private static List<String> predicted;

    @BeforeAll
    static void run_once() throws IOException {
        home = shared.resolve("home");
        backup = shared.resolve("backup");
        data = new BadData(shared.resolve("data"));
        good = data.write("good.csv", BadData.good());
        CommandRun first = CommandRun.of(
                home, "run", "predict churn", "--data", good, "--budget", "1s", "--exit", "--quiet", "--name", "churn");
        assertThat(first.exit()).as(first.err()).isZero();
        predicted = predict().out().lines().toList();
        copy(home, backup);
    }

    @BeforeEach
    void restore() throws IOException {
        delete(home);
        copy(backup, home);
    }

    private static CommandRun rerun() {
        return CommandRun.of(home, "run", "churn", "--exit", "--quiet");
    }

    private static CommandRun predict(String... options) {
        return predict(good, options);
    }

    private static CommandRun predict(String input, String[] options) {
        String[] arguments = Stream.concat(Stream.of("predict", "churn", "--input", input), Stream.of(options))
                .toArray(String[]::new);
        return CommandRun.of(home, arguments);
    }

    private static void refused(SoftAssertions softly, String what, CommandRun run, int exit, String... words) {
        softly.assertThat(run.exit()).as(what + ": " + run.err()).isEqualTo(exit);
        softly.assertThat(run.err())
                .as(what)
                .contains("error: ")
                .contains(words)
                .contains("what to do: ");
        softly.assertThat(run.err()).as(what).doesNotContain("\tat ").doesNotContainPattern("[a-z]Exception\\b");
    }

    private static void mended(SoftAssertions softly, String what) {
        CommandRun run = rerun();
        softly.assertThat(run.exit()).as(what + ": " + run.err()).isZero();
        CommandRun after = predict();
        softly.assertThat(after.exit()).as(what + ": " + after.err()).isZero();
        softly.assertThat(after.out().lines()).as(what).hasSameSizeAs(predicted);
    }

    @Test
    void documents_edited_into_garbage() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Path pipeline = home.resolve("pipelines/churn");
        for (String name :
                List.of("requirement.yaml", "handoffs/1-data-engineer.yaml", "handoffs/3-mlops-engineer.yaml")) {
            Path file = pipeline.resolve(name);
            byte[] before = Files.readAllBytes(file);
            Files.write(file, GARBAGE);
            refused(softly, name + " garbage", rerun(), 2, file.toString());
            Files.writeString(file, "[".repeat(100_000));
            refused(softly, name + " deep", rerun(), 2, file.toString(), "not valid YAML");
            Files.writeString(file, "kind: Other\n");
            refused(softly, name + " other", rerun(), 2, file.toString());
            Files.delete(file);
            Files.createDirectory(file);
            refused(softly, name + " folder", rerun(), 2, name.equals("requirement.yaml") ? "churn" : file.toString());
            softly.assertThat(CommandRun.of(home, "list").exit()).isZero();
            Files.delete(file);
            Files.write(file, before);
        }
        Files.writeString(pipeline.resolve("latest.json"), "{");
        softly.assertThat(CommandRun.of(home, "list").out()).contains("churn").contains("cannot be read");
        refused(softly, "show", CommandRun.of(home, "show", "churn"), 2, "latest.json");
        mended(softly, "latest");
        softly.assertThat(CommandRun.of(home, "show", "churn").exit()).isZero();
        softly.assertAll();
    }

    @Test
    void artifacts_lost_or_cut_off_are_made_again() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        cut(home.resolve("artifacts"), file -> file.endsWith("result.json"));
        mended(softly, "results cut off");
        restore();
        cut(home.resolve("artifacts"), file -> file.getFileName().toString().equals("model.json"));
        refused(softly, "predict", predict(), 3, "damaged", "model.json");
        mended(softly, "models cut off");
        restore();
        delete(home.resolve("artifacts"));
        refused(softly, "predict", predict(), 2, "no model here");
        mended(softly, "all lost");
        softly.assertAll();
    }

    @Test
    void tables_lost_or_cut_off_are_made_again() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        delete(home.resolve("lake"));
        mended(softly, "lake lost");
        restore();
        cut(home.resolve("lake"), file -> file.toString().endsWith(".parquet"));
        mended(softly, "tables cut off");
        restore();
        cut(home.resolve("lake"), file -> file.toString().endsWith(".parquet"));
        cut(home.resolve("lake"), file -> file.toString().endsWith(".metadata.json"));
        refused(softly, "metadata cut off", rerun(), 4, "lake");
        delete(home.resolve("lake"));
        mended(softly, "lake moved away");
        restore();
        cut(home.resolve("lake"), file -> true);
        refused(softly, "all cut off", rerun(), 4, "catalog.db", "move it away");
        softly.assertAll();
    }

    @Test
    void a_registry_lost_or_damaged() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Path database = home.resolve("tatara.db");
        Files.write(database, GARBAGE);
        refused(softly, "garbage", rerun(), 4, "tatara.db", "move it away");
        refused(softly, "garbage, predict", predict(), 4, "tatara.db");
        refused(softly, "garbage, serve", CommandRun.of(home, "serve", "--port", "0"), 4, "tatara.db");
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.filter(
                            child -> child.getFileName().toString().startsWith("tatara.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
        refused(softly, "lost, predict", predict(), 2, "tatara run churn");
        mended(softly, "lost");
        softly.assertAll();
    }

    @Test
    void batches_of_every_kind() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        String missing = data.write("p1.csv", "id,plan,spend\n1,pro,3\n");
        refused(softly, "missing column", predict(missing, new String[0]), 2, "Missing column 'age'");
        String other = data.write("p2.csv", "x,spend,age,plan\n0,3,40,gold\n0,NaN,abc,\n0,1e309,-5,\"x\"\"y\nz\"\n");
        CommandRun scored = predict(other, new String[0]);
        softly.assertThat(scored.exit()).as(scored.err()).isZero();
        softly.assertThat(scored.out().lines()).hasSize(4);
        CommandRun none = predict(data.write("p3.csv", "id,plan,age,spend\n"), new String[0]);
        softly.assertThat(none.exit()).as(none.err()).isZero();
        softly.assertThat(none.out().lines()).hasSize(1);
        String broken = data.write("p4.csv", "id,plan,age,spend\n1,pro,3,4\n2,pro\n");
        refused(softly, "broken row", predict(broken, new String[0]), 3, "p4.csv:3");
        refused(softly, "empty", predict(data.write("p5.csv", ""), new String[0]), 3, "the file is empty");
        refused(softly, "none", predict("/nowhere.csv", new String[0]), 2, "no such file");
        refused(softly, "no input", CommandRun.of(home, "predict", "churn"), 2, "no rows to score");
        refused(softly, "version", predict("--version", "99"), 2, "version 99");
        refused(softly, "version", predict("--version", "-1"), 2, "--version -1");
        refused(softly, "json without output", predict("--json"), 2, "--output");
        refused(softly, "output /proc", predict("--output", "/proc/x.csv"), 4, "cannot write");
        refused(softly, "output below a file", predict("--output", good + "/x.csv"), 4, "cannot write");
        refused(softly, "output format", predict("--output", shared + "/x.xyz"), 2, "output format");
        refused(softly, "output empty", predict("--output", ""), 2, "--output");
        softly.assertAll();
    }

    @Test
    void a_full_disk() throws Exception {
        Path disk = Files.createDirectory(shared.resolve("disk"));
        assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "needs rights to mount");
        try {
            String file = data.write(
                    "numbers.csv", "a,b\n" + BadData.lines(60_000, row -> Math.sin(row) + "," + Math.cos(row * 1.7)));
            SoftAssertions softly = new SoftAssertions();
            CommandRun run = CommandRun.of(
                    disk.resolve("home"), "run", "predict b", "--data", file, "--budget", "1s", "--exit", "--quiet");
            refused(softly, "full", run, 4, "disk is full", "Free");
            softly.assertThat(CommandRun.of(disk.resolve("home"), "list").exit())
                    .isZero();
            CommandRun out = predict("--output", disk.resolve("p.csv").toString());
            softly.assertThat(out.exit()).isIn(0, 4);
            softly.assertAll();
        } finally {
            mount("umount", disk.toString());
        }
    }

    private static boolean mount(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Cuts files in half. */
    private static void cut(Path folder, Predicate<Path> which) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(Files::isRegularFile).filter(which).toList()) {
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                    file.setLength(file.length() / 2);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
