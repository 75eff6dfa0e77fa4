package tatara.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;

class HomeTest {
    private static final PipelineCard LIVE = new PipelineCard(
            "customers-cancelled",
            "predict which customers will cancel",
            Optional.of(Metric.ROC_AUC),
            Optional.of(new Interval(0.8491, 0.825, 0.87)),
            Optional.of("3"),
            Optional.of("production"));
    private static final PipelineCard NEW = new PipelineCard(
            "signups <b>",
            "forecast \"signups\" & more",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static Home home(PipelineCard... cards) {
        return new Home(() -> List.of(cards), name -> Optional.of("report of " + name));
    }

    @Test
    void theListSaysForEachPipelineWhatItIsAndHowGood() throws IOException {
        String html = home(LIVE, NEW).apply("/").orElseThrow();
        Path file = Path.of("target", "reports", "home.html");
        Files.createDirectories(file.getParent());
        Files.writeString(file, html);
        assertThat(html)
                .contains("<a href=\"/pipelines/customers-cancelled\">customers-cancelled</a>")
                .contains("predict which customers will cancel")
                .contains("ROC AUC 0.849")
                .contains("95 %: 0.825 to 0.870")
                .contains("version 3, production")
                .contains("no version")
                .contains("href=\"/pipelines/signups%20%3Cb%3E\"")
                .contains("signups &lt;b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void anEmptyHomeSaysHowToBegin() {
        assertThat(home().apply("/").orElseThrow())
                .contains("There is no pipeline yet")
                .contains("./tatara run");
    }

    @Test
    void reportsAreServedByNameAndNothingElseIs() {
        Home home = home(LIVE, NEW);
        assertThat(home.apply("/pipelines/customers-cancelled")).contains("report of customers-cancelled");
        assertThat(home.apply("/pipelines/customers-cancelled/")).contains("report of customers-cancelled");
        assertThat(home.apply("/pipelines/signups%20%3Cb%3E")).contains("report of signups <b>");
        assertThat(home.apply("/pipelines/../../etc/passwd")).isEmpty();
        assertThat(home.apply("/pipelines/..%2f..%2fetc")).isEmpty();
        assertThat(home.apply("/pipelines/%zz")).isEmpty();
        assertThat(home.apply("/pipelines/")).isEmpty();
        assertThat(home.apply("/other")).isEmpty();
    }
}
