package tatara.web.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.testkit.subscription.CustomerHistory;
import tatara.testkit.subscription.Scenario;
import tatara.testkit.subscription.Simulation;

class ReportTest {
    private static final ReportContent BINARY = SampleContent.cancellations();
    private final Report report = new Report();

    /** Renders, and leaves the page in {@code target/reports} to look at. */
    private String page(String name, ReportContent content) throws IOException {
        String html = report.render(content);
        Path file = Path.of("target", "reports", name + ".html");
        Files.createDirectories(file.getParent());
        Files.writeString(file, html);
        return html;
    }

    /** The page without what its scripts and styles hold. */
    private static String markup(String html) {
        return html.replaceAll("(?s)(<(script|style)[^>]*>).*?</\\2>", "$1</$2>");
    }

    private static String visible(String html) {
        return html.replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", "").replaceAll("<[^>]*>", "");
    }

    @Test
    void saysWhatWasAskedHowGoodItIsAndThatItIsLive() throws IOException {
        String text = visible(page("binary", BINARY));
        assertThat(text)
                .contains("predict which customers will cancel")
                .contains("for each row, how likely is it that cancelled is yes?")
                .contains("The best baseline (logistic regression) reaches 0.807")
                .contains("the model is better by more than chance explains")
                .contains("The goal, ROC AUC of at least 0.800, is met")
                .contains(
                        "registered as customers-cancelled version 1 (production) and answers at http://127.0.0.1:7070");
    }

    @Test
    void needsNoNetwork() throws IOException {
        String html = page("binary", BINARY);
        assertThat(markup(html))
                .doesNotContainPattern("<(script|img|iframe)[^>]*\\ssrc=")
                .doesNotContain("<link");
        assertThat(html.contains("@import")).isFalse();
        assertThat(html.contains("default-src 'none'")).isTrue();
        assertThat(html.getBytes(UTF_8).length).isLessThan(1_500_000);
    }

    @Test
    void everySectionOfAFullRunIsThereAndLinked() throws IOException {
        String html = page("binary", BINARY);
        for (String section : List.of("asked", "data", "decisions", "quality", "gates", "watch", "call", "appendix")) {
            assertThat(html).contains("<a href=\"#" + section + "\">").contains("id=\"" + section + "\"");
        }
        assertThat(visible(html))
                .contains("known only after the target")
                .contains("every row has its own")
                .contains("edited by hand")
                .contains("could not be read")
                .contains("Worst segments")
                .contains("country = PT")
                .contains("latency_p99_ms");
    }

    @Test
    void everyChartHasItsDataAndATableBehindIt() throws IOException {
        String html = page("binary", BINARY);
        Json.Obj data = chartData(html);
        assertThat(data.members().keySet())
                .containsExactly(
                        "comparison", "roc", "precision-recall", "calibration", "learning-curve", "importance");
        for (String id : data.members().keySet()) {
            Matcher figure = Pattern.compile("(?s)<figure(?:(?!</figure>).)*id=\"" + id
                            + "\" role=\"img\" aria-label=\"[^\"]{20,}\"(?:(?!</figure>).)*</figure>")
                    .matcher(html);
            assertThat(figure.find()).as(id).isTrue();
            assertThat(figure.group()).contains("<table").contains("<caption>");
        }
    }

    @Test
    void onlyChartsWhoseDataExistAreShown() throws IOException {
        String regression = page(
                "regression",
                SampleContent.with(
                        BINARY,
                        SampleContent.asTask(BINARY.spec(), Task.REGRESSION, Metric.RMSE, "predict the price", "price"),
                        Optional.of(SampleEvaluations.regression(customers(600)))));
        assertThat(chartData(regression).members().keySet())
                .containsExactly("comparison", "predicted-actual", "residuals");
        assertThat(regression).doesNotContain("Worst segments").doesNotContain("Decisions at the threshold");
        assertThat(visible(regression)).contains("RMSE 45,362, 95 % interval 43,980 to 46,811");
        String forecast = page(
                "forecast",
                SampleContent.with(
                        SampleContent.daily(BINARY),
                        SampleContent.asTask(BINARY.spec(), Task.FORECAST, Metric.MASE, "forecast signups", "signups"),
                        Optional.of(SampleEvaluations.forecast())));
        assertThat(chartData(forecast).members().keySet())
                .containsExactly("comparison", "forecast-0", "forecast-1", "error-by-step");
        assertThat(visible(forecast))
                .contains("2025-02-26")
                .contains("Forecast of DE")
                .contains("for the next 28 steps");
    }

    @Test
    void aRunThatWasStoppedSaysWhyAndShowsNothingItDoesNotKnow() throws IOException {
        ReportContent stopped = new ReportContent(
                BINARY.spec(),
                BINARY.data(),
                BINARY.handOffs().subList(0, 1),
                List.of(new GateResult("data.min-class-rows", false, 3, 20, true, "only 3 rows have cancelled = yes")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty());
        String html = page("stopped", stopped);
        assertThat(visible(html))
                .contains("Stopped by a gate")
                .contains("It was stopped by the gate data.min-class-rows: only 3 rows have cancelled = yes.");
        assertThat(html)
                .doesNotContain("id=\"quality\"")
                .doesNotContain("id=\"call\"")
                .doesNotContain("id=\"watch\"")
                .doesNotContain("chart-data")
                .doesNotContain("echarts");
    }

    @Test
    void hostileTextStaysText() throws IOException {
        String hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u2028 ${7*7}";
        TableProfile main = BINARY.data().main();
        ColumnProfile first = main.columns().get(4);
        ColumnProfile renamed = new ColumnProfile(
                hostile,
                first.type(),
                hostile,
                first.format(),
                first.rows(),
                0,
                0,
                first.distinct(),
                List.of(new tatara.core.evidence.ValueCount(hostile, 3)),
                Optional.empty(),
                Optional.empty(),
                1,
                1);
        TableProfile table =
                new TableProfile(hostile, main.raw(), main.source(), List.of(renamed), 0, List.of(hostile));
        var evaluation = BINARY.evaluation().orElseThrow();
        var poisoned = new tatara.core.run.Evaluation(
                evaluation.task(),
                evaluation.metric(),
                evaluation.value(),
                evaluation.crossValidated(),
                evaluation.rows(),
                Map.of(hostile, 1.0),
                Map.of(hostile, 0.5),
                List.of(),
                Optional.empty(),
                List.of(new tatara.core.run.Evaluation.Curve(
                        "forecast:" + hostile + ":forecast", new double[] {1}, new double[] {2}, new double[0])),
                List.of(new tatara.core.run.Evaluation.Segment(hostile, hostile, 5, evaluation.value())),
                List.of(new tatara.core.run.Evaluation.Importance(hostile, 1, 1)),
                List.of(),
                List.of(hostile));
        String html = page(
                "hostile",
                new ReportContent(
                        SampleContent.asTask(BINARY.spec(), Task.REGRESSION, Metric.MAE, hostile, hostile),
                        new DataEvidence(List.of(table), List.of(), List.of()),
                        List.of(),
                        List.of(new GateResult(hostile, false, 1, 2, true, hostile)),
                        List.of(),
                        Optional.of(poisoned),
                        BINARY.model(),
                        List.of(),
                        Map.of(hostile, hostile),
                        Optional.of(new ReportContent.Example(
                                Json.object().with(hostile, hostile), Optional.of(Json.string(hostile))))));
        assertThat(markup(html)).doesNotContain("<img").doesNotContain("alert(1)</script>");
        assertThat(html.split("</script>", -1))
                .as("as many scripts as the template has")
                .hasSize(4);
        assertThat(html.split("<script", -1)).hasSize(4);
        assertThat(chartData(html).members()).containsKeys("comparison", "importance", "forecast-0");
    }

    @Test
    void theCurlLineIsOneShellWordForAnyRow() {
        ReportContent.Example example = new ReportContent.Example(
                Json.object()
                        .with("it's \"x\"", "$(rm -rf ~) `id` 'q'")
                        .with("n", Json.NULL)
                        .with("b", new Json.Bool(true)),
                Optional.empty());
        CallSection call = CallSection.of(BINARY.model().orElseThrow(), example);
        assertThat(call.curl())
                .contains(
                        "-d '{\"rows\":[{\"it'\\''s \\\"x\\\"\":\"$(rm -rf ~) `id` '\\''q'\\''\",\"n\":null,\"b\":true}]}'");
        assertThat(call.python())
                .contains("\"it's \\\"x\\\"\": \"$(rm -rf ~) `id` 'q'\"")
                .contains("\"n\": None")
                .contains("\"b\": True");
    }

    @Test
    void aTableOfTenThousandColumnsStillGivesASmallReport() throws IOException {
        TableProfile main = BINARY.data().main();
        ColumnProfile one = main.columns().get(3);
        List<ColumnProfile> columns =
                IntStream.range(0, 10_000).mapToObj(i -> one).toList();
        TableProfile wide =
                new TableProfile("wide", new TableRef("raw", "wide", 1, 10), main.source(), columns, 0, List.of());
        String html = report.render(new ReportContent(
                BINARY.spec(),
                new DataEvidence(List.of(wide), List.of(), List.of()),
                BINARY.handOffs(),
                List.of(),
                List.of(),
                BINARY.evaluation(),
                BINARY.model(),
                BINARY.steps(),
                BINARY.provenance(),
                BINARY.example()));
        assertThat(html.getBytes(UTF_8).length).isLessThan(1_500_000);
        assertThat(html).contains("9850 further columns");
    }

    @Test
    void idsAreDistinctAndHeadingsSkipNoLevel() throws IOException {
        String html = page("binary", BINARY).replaceAll("(?s)<script.*?</script>", "");
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(html);
        while (id.find()) {
            assertThat(ids.add(id.group(1))).as(id.group(1)).isTrue();
        }
        Matcher heading = Pattern.compile("<h([1-6])").matcher(html);
        int level = 0;
        while (heading.find()) {
            int next = Integer.parseInt(heading.group(1));
            assertThat(next).isLessThanOrEqualTo(level + 1);
            level = next;
        }
        assertThat(html).contains("<main id=\"main\">").contains("lang=\"en\"").contains("<nav aria-label");
    }

    @Test
    void sameContentGivesTheSameBytes() {
        assertThat(report.render(BINARY)).isEqualTo(new Report().render(SampleContent.cancellations()));
    }

    private static List<CustomerHistory> customers(int count) {
        Simulation simulation = Simulation.of(Scenario.of(count, 5));
        return IntStream.range(0, count).mapToObj(simulation::customer).toList();
    }

    private static Json.Obj chartData(String html) {
        Matcher island = Pattern.compile("(?s)<script type=\"application/json\" id=\"chart-data\">(.*?)</script>")
                .matcher(html);
        assertThat(island.find()).isTrue();
        return (Json.Obj) JsonText.read("chart data", island.group(1));
    }
}
