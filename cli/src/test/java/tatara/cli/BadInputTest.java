package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attackers and clumsy users give: each ends with a message that helps, and leaves the home usable. */
class BadInputTest {
    @TempDir
    static Path shared;

    private static Path home;
    private static BadData data;
    private static String good;

    @BeforeAll
    static void make_good_data() {
        home = shared.resolve("home");
        data = new BadData(shared.resolve("data"));
        good = data.write("good.csv", BadData.good());
    }

    @AfterAll
    static void the_home_is_still_usable() {
        CommandRun after = run(home, good, "--name", "after");
        assertThat(after.exit()).as(after.err()).isZero();
        assertThat(CommandRun.of(home, "list").out()).contains("after");
    }

    private static CommandRun run(Path where, String file, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "predict churn", "--data", file, "--budget", "1s", "--exit", "--quiet"));
        arguments.addAll(List.of(options));
        return CommandRun.of(where, arguments.toArray(String[]::new));
    }

    /** Exit code and message; never a trace, never a bare exception. */
    private static void refused(SoftAssertions softly, String what, CommandRun run, int exit, String... words) {
        softly.assertThat(run.exit()).as(what + ": " + run.err()).isEqualTo(exit);
        softly.assertThat(run.err()).as(what).contains(words);
        softly.assertThat(run.err())
                .as(what)
                .contains(exit == 5 ? "question: " : "error: ")
                .contains("what to do: ");
        softly.assertThat(run.err()).as(what).doesNotContain("\tat ").doesNotContainPattern("[a-z]Exception\\b");
    }

    private static void data_refused(SoftAssertions softly, String name, String text, String... words) {
        refused(softly, name, run(home, data.write(name, text)), 3, words);
    }

    @Test
    void files_without_anything_to_learn() {
        SoftAssertions softly = new SoftAssertions();
        data_refused(softly, "empty.csv", "", "the file is empty", "empty.csv");
        data_refused(softly, "blank.csv", "\n\n  \n", "the file is empty");
        data_refused(softly, "header.csv", BadData.HEADER, "has no row", "header.csv");
        data_refused(softly, "one-row.csv", BadData.HEADER + "c1,pro,3,4,yes\n", "\"churn\"", "one value only");
        data_refused(
                softly,
                "one-class.csv",
                "a,churn\n" + BadData.lines(99, row -> row * 37 % 101 + ",yes"),
                "\"churn\" cannot be predicted",
                "one value only");
        data_refused(softly, "no-target.csv", "a,churn\n" + BadData.lines(99, row -> row * 37 % 101 + ","), "no value");
        data_refused(
                softly,
                "useless.csv",
                BadData.pairs("a,b,c", row -> "x,,id" + (10_000 + row) + "q"),
                "data.min-features",
                "at least one column");
        String constant = data.write("constant.csv", "a,price\n" + BadData.lines(99, row -> row * 37 % 101 + ",7"));
        refused(softly, "constant", run(home, constant, "--target", "price"), 3, "one value only");
        String classes =
                data.write("classes.csv", "a,kind\n" + BadData.lines(10_000, row -> row % 17 + ",k" + row % 5_000));
        refused(softly, "5,000 classes", run(home, classes, "--target", "kind"), 3, "5000 distinct values");
        String huge = data.write(
                "huge.csv", "a,price\n" + BadData.lines(99, row -> row * 37 % 101 + "," + (row % 9 - 4) + "e307"));
        refused(softly, "huge target", run(home, huge, "--target", "price"), 3, "too far");
        softly.assertAll();
    }

    @Test
    void files_that_are_no_tables() {
        byte[] noise = new byte[50_000];
        new Random(3).nextBytes(noise);
        SoftAssertions softly = new SoftAssertions();
        refused(softly, "noise", run(home, data.write("noise.csv", noise)), 3, "not a table", "noise.csv");
        refused(softly, "nul", run(home, data.write("nul.csv", new byte[9_999])), 3, "NUL");
        data_refused(softly, "html.csv", "<html><body>404</body></html>", "an HTML page");
        data_refused(softly, "cut.csv.gz", "\u001f\u008b\b", "cut.csv.gz");
        data_refused(softly, "cut.parquet", "PAR1 and nothing of the kind PAR1", "not a readable Parquet file");
        data_refused(softly, "deep.jsonl", "{\"a\":".repeat(50_000), "has no row", "deep.jsonl");
        data_refused(softly, "quotes.csv", "\"'".repeat(500_000), "has no row");
        data_refused(
                softly,
                "half.csv",
                BadData.HEADER + BadData.lines(100, row -> row % 2 == 0 ? "x,y" : "c" + row + ",pro,3,4,yes"),
                "churn");
        softly.assertAll();
    }

    @Test
    void paths_that_lead_nowhere() {
        SoftAssertions softly = new SoftAssertions();
        refused(softly, "none", run(home, "/nowhere/at all.csv"), 2, "no such file or folder");
        refused(softly, "nul", run(home, "a\0b"), 2, "path of this system");
        refused(softly, "device", run(home, "/dev/zero"), 2, "neither a file nor a folder");
        refused(softly, "empty", run(home, ""), 2, "empty path");
        refused(softly, "unknown scheme", run(home, "ftp://localhost:1/x.csv"), 2, "http://, https://");
        refused(softly, "credential", run(home, "https://ada:pw@localhost:1/x.csv"), 2, "env:NAME");
        refused(softly, "long", run(home, "/tmp/" + "p".repeat(500)), 2, "no such file");
        data.write("mixed/a.csv", BadData.good());
        data.write("mixed/empty.csv", "");
        data.write("mixed/readme.md", "# no data");
        data.write("junk/readme.md", "# no data");
        refused(softly, "mixed", run(home, shared.resolve("data/mixed").toString()), 2, "empty.csv", "one by one");
        refused(softly, "junk", run(home, shared.resolve("data/junk").toString()), 2, "no table", "readme.md");
        refused(softly, "two", run(home, "a=" + good, "--data", "a=" + good), 2, "--data NAME=PATH");
        softly.assertAll();
    }

    @Test
    void options_that_make_no_sense() {
        SoftAssertions softly = new SoftAssertions();
        String[][] wrong = {
            {"--target", "nope", "no table has such a column"},
            {"--target", "\"; DROP TABLE x; --\n<b>", "no table has such a column"},
            {"--target", "", "no table has such a column"},
            {"--target", "L".repeat(500), "no table has such a column"},
            {"--entity", "nope", "no table has such a column"},
            {"--time", "nope", "no table has such a column"},
            {"--horizon", "-1", "--horizon"},
            {"--horizon", "many", "--horizon"},
            {"--budget", "0s", "from 1s to 168h"},
            {"--budget", "-5s", "such as 90s"},
            {"--budget", "NaN", "such as 90s"},
            {"--budget", "9".repeat(40), "from 1s to 168h"},
            {"--goal", "roc_auc", "such as roc_auc>=0.8"},
            {"--goal", "nope>=1", "expected: one of roc_auc"},
            {"--goal", "roc_auc>=2", "between 0 and 1"},
            {"--goal", "rmse<=" + "9".repeat(400), "such as roc_auc>=0.8"},
            {"--goal", "rmse<=1", "does not fit the task binary"},
            {"--set", "x", "KEY=VALUE"},
            {"--set", "=", "one of experiment_tracking"},
            {"--set", "nope=1", "one of experiment_tracking"},
            {"--set", "deployment_mode=banana", "one of batch"},
            {"--set", "deployment_mode=../../x", "one of batch"},
            {"--seed", "x", "--seed"},
            {"--port", "70000", "0 to 65535"},
            {"--port", "-1", "0 to 65535"},
            {"--brain", "gpt", "unknown brain"},
            {"--nonsense", "1", "Unknown option"}
        };
        for (String[] option : wrong) {
            refused(softly, option[0] + " " + option[1], run(home, good, option[0], option[1]), 2, option[2]);
        }
        refused(softly, "--time plan", run(home, good, "--time", "plan"), 3, "its values are no times");
        softly.assertAll();
    }

    @Test
    void commands_that_make_no_sense() {
        SoftAssertions softly = new SoftAssertions();
        refused(softly, "run", CommandRun.of(home, "run"), 2, "neither a sentence");
        refused(softly, "run nope", CommandRun.of(home, "run", "nope"), 2, "no pipeline named");
        refused(softly, "show", CommandRun.of(home, "show", "../../etc"), 2, "no pipeline named");
        refused(softly, "explain", CommandRun.of(home, "explain", "x\n<b>"), 2, "no pipeline named");
        refused(softly, "predict", CommandRun.of(home, "predict", "nope", "--input", good), 2, "no pipeline named");
        refused(softly, "fly", CommandRun.of(home, "fly"), 2, "fly");
        refused(softly, "spec", CommandRun.of(home, "run", "--spec", "/nowhere.yaml"), 2, "no such requirement");
        refused(softly, "spec folder", CommandRun.of(home, "run", "--spec", "/tmp"), 2, "a folder stands");
        refused(softly, "home", CommandRun.of(Path.of(""), "list", "--home", ""), 2, "the path is empty");
        CommandRun usage = CommandRun.of(home, "run", "--nonsense", "--json");
        softly.assertThat(usage.text("error.code")).isEqualTo("WRONG_USAGE");
        CommandRun missing = run(home, "/nowhere.csv", "--json");
        softly.assertThat(missing.text("error.what")).contains("/nowhere.csv");
        softly.assertThat(missing.text("error.type")).isEqualTo("user");
        String unclear = data.write("unclear.csv", "a,b\n" + BadData.lines(99, row -> row % 7 + "," + row * row % 5));
        CommandRun question = CommandRun.of(home, "run", "guess", "--data", unclear, "--json", "--exit", "--quiet");
        refused(softly, "question", question, 5, "--target");
        softly.assertThat(question.out()).contains("\"options\"").contains("--target");
        softly.assertAll();
    }

    @Test
    void places_that_cannot_be_written() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Path file = Files.writeString(shared.resolve("a-file"), "x");
        for (Path place : List.of(file, file.resolve("below"), Path.of("/proc/nothing"), Path.of("/dev/null"))) {
            refused(softly, place.toString(), run(place, good), 4, "can't be written", place.toString(), "--home");
            softly.assertThat(CommandRun.of(place, "list").exit()).isZero();
            softly.assertThat(CommandRun.of(place, "doctor").exit()).isEqualTo(4);
        }
        softly.assertAll();
    }

    @Test
    void servers_that_cannot_start() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        refused(softly, "open", CommandRun.of(home, "serve", "--host", "0.0.0.0", "--port", "0"), 2, "TATARA_TOKEN");
        refused(softly, "host", CommandRun.of(home, "serve", "--host", "nope.invalid", "--port", "0"), 4, "host");
        refused(softly, "port", CommandRun.of(home, "serve", "--port", "99999"), 2, "0 to 65535");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            refused(softly, "used", CommandRun.of(home, "serve", "--port", port), 4, "in use", "--port 0");
            CommandRun before = CommandRun.of(
                    shared.resolve("never"), "run", "predict churn", "--data", good, "--quiet", "--port", port);
            refused(softly, "before training", before, 4, "in use");
            softly.assertThat(shared.resolve("never/artifacts")).doesNotExist();
        }
        softly.assertAll();
    }

    @Test
    void hostile_names_are_only_names() throws IOException {
        List<String> names = List.of(
                "../../etc/passwd",
                "\"quo\"\"te\"",
                "x'); DROP TABLE raw;--",
                "<script>alert(1)</script>",
                "new\nline",
                "L".repeat(500),
                "\ud83d\ude00",
                "\u202eabc",
                "",
                "_row",
                "select",
                "a\\b",
                "%s{}",
                "tab\there");
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(BadData.quoted(name)).append(','));
        text.append("churn\n").append(BadData.lines(200, row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                line.append(i % 2 == 0 ? BadData.quoted("v'\"<b>" + row * i % 5) : row * (i + 3) % 11)
                        .append(',');
            }
            return line + (row * 7 % 13 < 6 ? "yes" : "no");
        }));
        Path own = shared.resolve("hostile");
        String file = data.write("we ird'\"<b>;--\n\ud83d\ude00.csv", text.toString());
        CommandRun run = run(own, file, "--name", "../../<b>x\n\ud83d\ude00", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.text("pipeline")).matches("[a-z0-9-]+");
        assertThat(Files.readString(Path.of(run.text("report")))).doesNotContain("<script>alert");
        try (Stream<Path> children = Files.list(shared)) {
            assertThat(children.map(child -> child.getFileName().toString())).doesNotContain("x", "etc");
        }
        CommandRun predict = CommandRun.of(own, "predict", run.text("pipeline"), "--input", file);
        assertThat(predict.exit()).as(predict.err()).isZero();
        assertThat(predict.out().lines()).hasSize(201);
    }

    @Test
    void dirt_that_can_be_handled_is_handled() {
        Path own = shared.resolve("dirt");
        SoftAssertions softly = new SoftAssertions();
        String[] rows = BadData.rows(200).split("\n");
        rows[100] = "broken,row\n" + rows[100];
        CommandRun broken = CommandRun.of(
                own,
                "design",
                "predict churn",
                "--data",
                data.write("broken.csv", BadData.HEADER + String.join("\n", rows)));
        softly.assertThat(broken.exit()).as(broken.err()).isZero();
        softly.assertThat(broken.err()).contains("200 rows").contains("1 unreadable");
        designed(softly, own, "utf16.csv", BadData.good().getBytes(StandardCharsets.UTF_16));
        designed(
                softly,
                own,
                "latin.csv",
                BadData.good().replace("pro", "pr\u00f3").getBytes(StandardCharsets.ISO_8859_1));
        designed(
                softly,
                own,
                "bytes.csv",
                BadData.good().replace("max", "\u00ff\u00fe").getBytes(StandardCharsets.ISO_8859_1));
        designed(
                softly,
                own,
                "twice.csv",
                BadData.good().replace("plan,age,spend", "a,a,a").getBytes(StandardCharsets.UTF_8));
        String[] numbers = {"1e308", "-1e308", "1e309", "1e-320", "NaN", "inf", "-Infinity", "3"};
        designed(softly, own, "numbers.csv", BadData.pairs("a,b", row -> numbers[row * 5 % 8] + "," + row % 7));
        String[] times = {"9999-12-31", "0000-00-00", "2024-02-31", "99999-01-01", "2024-01-05", "-0044-03-15"};
        designed(softly, own, "times.csv", BadData.pairs("when,b", row -> times[row * 5 % 6] + "," + row % 7));
        softly.assertAll();
    }

    private static void designed(SoftAssertions softly, Path where, String name, String text) {
        designed(softly, where, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void designed(SoftAssertions softly, Path where, String name, byte[] content) {
        String file = data.write(name, content);
        CommandRun run = CommandRun.of(where, "design", "predict churn", "--data", file, "--name", name, "--quiet");
        softly.assertThat(run.exit()).as(name + ": " + run.err()).isZero();
    }

    @Test
    void two_runs_at_once() throws Exception {
        Path own = shared.resolve("twice");
        List<CompletableFuture<CommandRun>> runs = Stream.of("same", "same", "other")
                .map(name -> CompletableFuture.supplyAsync(() -> run(own, good, "--name", name)))
                .toList();
        List<Integer> same = new ArrayList<>();
        for (CompletableFuture<CommandRun> run : runs.subList(0, 2)) {
            same.add(run.get().exit());
            if (run.get().exit() != 0) {
                assertThat(run.get().err()).contains("another run of the pipeline is in progress");
            }
        }
        assertThat(same).isSubsetOf(0, 4).contains(0);
        assertThat(runs.get(2).get().exit()).as(runs.get(2).get().err()).isZero();
        assertThat(CommandRun.of(own, "list").out()).contains("same").contains("other");
    }

    @Test
    void a_line_of_200_megabytes() {
        CommandRun run = run(home, data.longLine("line.csv", 200));
        SoftAssertions softly = new SoftAssertions();
        refused(softly, "line", run, 3, "longer than", "line.csv:2");
        softly.assertAll();
    }

    @Test
    @Tag("slow")
    void a_line_of_2_gigabytes_without_content() throws IOException {
        Path file = shared.resolve("sparse.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        SoftAssertions softly = new SoftAssertions();
        refused(softly, "sparse", run(home, file.toString()), 3, "NUL");
        softly.assertAll();
    }

    @Test
    @Tag("slow")
    void ten_thousand_columns() {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < 10_000; column++) {
            text.append('c').append(column).append(',');
        }
        text.append("churn\n");
        for (int row = 0; row < 60; row++) {
            for (int column = 0; column < 10_000; column++) {
                text.append(random.nextInt(10)).append(',');
            }
            text.append(row % 2 == 0 ? "yes" : "no").append('\n');
        }
        CommandRun run = run(shared.resolve("wide"), data.write("wide.csv", text.toString()));
        assertThat(run.exit()).as(run.err()).isIn(0, 3);
    }
}
