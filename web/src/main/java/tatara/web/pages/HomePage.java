package tatara.web.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tatara.web.Figures;
import tatara.web.PageParts;

/** The list of pipelines, as its template takes it. */
public record HomePage(List<Entry> entries, PageParts parts) {
    /**
     * One pipeline.
     *
     * @param link path of its report
     * @param quality metric and value, empty before an evaluation
     * @param interval its 95 % interval, empty if there is none
     * @param state version and stage
     * @param live whether a version is in production
     */
    public record Entry(
            String name, String link, String sentence, String quality, String interval, String state, boolean live) {}

    static HomePage of(List<PipelineCard> cards) {
        return new HomePage(cards.stream().map(HomePage::entry).toList(), PageParts.of(List.of()));
    }

    private static Entry entry(PipelineCard card) {
        String quality = card.metric()
                .flatMap(metric ->
                        card.value().map(value -> Figures.name(metric) + " " + Figures.metric(metric, value.value())))
                .orElse("");
        String interval = card.metric()
                .flatMap(metric -> card.value()
                        .filter(value -> Double.isFinite(value.low()) && Double.isFinite(value.high()))
                        .map(value ->
                                Figures.metric(metric, value.low()) + " to " + Figures.metric(metric, value.high())))
                .orElse("");
        String version = card.version().map(each -> "version " + each).orElse("no version");
        return new Entry(
                card.name(),
                "/pipelines/"
                        + URLEncoder.encode(card.name(), StandardCharsets.UTF_8).replace("+", "%20"),
                card.sentence(),
                quality,
                interval,
                version + card.stage().map(stage -> ", " + stage).orElse(""),
                card.stage().filter("production"::equals).isPresent());
    }
}
