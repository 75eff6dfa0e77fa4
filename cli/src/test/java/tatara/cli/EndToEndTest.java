package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.pipeline.Serving;
import tatara.pipeline.execute.Workspace;

/** The way from a sentence to live predictions, on the shipped examples, through the commands. */
final class EndToEndTest {
    private static final Path EXAMPLES = Path.of("").toAbsolutePath().resolveSibling("examples");
    private static final String CUSTOMERS =
            EXAMPLES.resolve("subscriptions/customers.csv").toString();
    private static final String SENTENCE = "predict which customers will cancel";
    private static final String NAME = "customers-cancel";

    @TempDir
    static Path shared;

    private static Path home;
    private static CommandRun first;

    @BeforeAll
    static void run_once() {
        home = shared.resolve("home");
        first = CommandRun.of(home, "run", SENTENCE, "--data", CUSTOMERS, "--budget", "5s", "--exit", "--json");
        assertThat(first.exit()).as(first.err()).isZero();
    }

    @Test
    void the_document_says_what_came_out() {
        assertThat(first.text("pipeline")).isEqualTo(NAME);
        assertThat(first.text("task")).isEqualTo("binary");
        assertThat(first.text("target")).isEqualTo("cancelled");
        assertThat(first.text("metric.name")).isEqualTo("roc_auc");
        assertThat(first.number("metric.value")).isGreaterThan(first.number("metric.baseline") - 0.02);
        assertThat(first.text("model.stage")).isEqualTo("production");
        assertThat(Path.of(first.text("report"))).exists();
        List<Json> gates = ((Json.Arr) first.at("gates")).items();
        assertThat(gates).anySatisfy(gate -> assertThat(JsonText.write(gate)).contains("deploy.parity"));
    }

    @Test
    void all_seven_hand_offs_lie_there() throws IOException {
        try (Stream<Path> files =
                Files.list(home.resolve("pipelines").resolve(NAME).resolve("handoffs"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "1-data-engineer.yaml",
                            "1-data-scientist.yaml",
                            "2-ml-engineer.yaml",
                            "2-production-engineer.yaml",
                            "3-mlops-engineer.yaml",
                            "3-kubernetes-architect.yaml",
                            "4-observability-engineer.yaml");
        }
    }

    @Test
    void nothing_changed_means_nothing_runs() {
        CommandRun again = CommandRun.of(home, "run", NAME, "--exit", "--json");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.number("steps.ran")).isZero();
        assertThat(again.number("metric.value")).isEqualTo(first.number("metric.value"));
        assertThat(again.text("model.version")).isEqualTo("1");
    }

    @Test
    void the_same_inputs_give_the_same_bytes() throws IOException {
        Path other = shared.resolve("other");
        CommandRun second =
                CommandRun.of(other, "run", SENTENCE, "--data", CUSTOMERS, "--budget", "5s", "--exit", "--json");
        assertThat(second.exit()).as(second.err()).isZero();
        Map<String, String> expected = handoffs(home);
        handoffs(other).forEach((file, text) -> assertThat(text).as(file).isEqualTo(expected.get(file)));
        assertThat(predicted(other)).isEqualTo(predicted(home));
    }

    @Test
    void live_answers_equal_the_batch() throws Exception {
        List<String> batch = predicted(home);
        try (Wiring wiring = new Wiring(new Workspace(home));
                Serving serving = wiring.serve("127.0.0.1", 0, Optional.empty())) {
            List<String> lines = Files.readAllLines(Path.of(CUSTOMERS));
            String[] header = lines.get(0).split(",", -1);
            for (int row : new int[] {1, 2, 500}) {
                String[] cells = lines.get(row).split(",", -1);
                Json.Obj body = Json.object();
                for (int i = 0; i < header.length; i++) {
                    body = body.with(header[i], cells[i]);
                }
                Json request = Json.object().with("rows", new Json.Arr(List.of(body)));
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(serving.uri() + "/predict/" + NAME))
                                        .header("content-type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(request)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                String positive = batch.get(row).split(",")[2];
                assertThat(response.body()).contains(positive);
            }
        }
    }

    @Test
    void an_edited_hand_off_reruns_its_dependents_and_a_broken_one_is_refused_with_its_line() throws IOException {
        Path edited = shared.resolve("edited");
        CommandRun.of(edited, "run", SENTENCE, "--data", CUSTOMERS, "--budget", "5s", "--exit", "--json");
        Path file = edited.resolve("pipelines").resolve(NAME).resolve("handoffs/1-data-scientist.yaml");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("holdoutShare: [0-9.]+", "holdoutShare: 0.3"));
        CommandRun rerun = CommandRun.of(edited, "run", NAME, "--exit", "--json");
        assertThat(rerun.exit()).as(rerun.err()).isZero();
        List<String> ran = steps(edited, false);
        assertThat(ran)
                .contains("split", "features", "evaluate")
                .noneMatch(step -> step.matches("(ingest|profile|prepare).*"));
        assertThat(rerun.number("metric.rows")).isGreaterThan(first.number("metric.rows") * 1.4);

        Files.writeString(file, text.replaceFirst("holdoutShare: [0-9.]+", "holdoutShare: many"));
        CommandRun broken = CommandRun.of(edited, "run", NAME, "--exit");
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.err()).containsPattern("1-data-scientist.yaml:\\d+").contains("expected: a number");
    }

    @Test
    void list_show_and_explain_answer() {
        assertThat(CommandRun.of(home, "list").out()).contains(NAME).contains("roc_auc");
        assertThat(CommandRun.of(home, "show", NAME).out()).contains("version 1");
        assertThat(CommandRun.of(home, "explain", NAME).out()).contains("why:");
        assertThat(CommandRun.of(home, "explain", NAME, "ml-engineer", "--json")
                        .document()
                        .members())
                .containsKey("specialists");
        CommandRun unknown = CommandRun.of(home, "show", "../" + NAME);
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no pipeline").contains(NAME);
    }

    private static List<String> predicted(Path of) throws IOException {
        Path output = of.resolve("predictions.csv");
        CommandRun predict = CommandRun.of(of, "predict", NAME, "--input", CUSTOMERS, "--output", output.toString());
        assertThat(predict.exit()).as(predict.err()).isZero();
        return Files.readAllLines(output);
    }

    private static Map<String, String> handoffs(Path of) throws IOException {
        try (Stream<Path> files =
                Files.list(of.resolve("pipelines").resolve(NAME).resolve("handoffs"))) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
            return texts;
        }
    }

    private static List<String> steps(Path of, boolean reused) throws IOException {
        Json.Obj latest = (Json.Obj) JsonText.read(
                "latest", Files.readString(of.resolve("pipelines").resolve(NAME).resolve("latest.json")));
        List<String> names = new ArrayList<>();
        for (Json step : ((Json.Arr) latest.members().get("steps")).items()) {
            Json.Obj members = (Json.Obj) step;
            if (members.members().get("reused").equals(new Json.Bool(reused))) {
                names.add(((Json.Str) members.members().get("step")).value());
            }
        }
        return names.stream().distinct().collect(Collectors.toList());
    }
}
