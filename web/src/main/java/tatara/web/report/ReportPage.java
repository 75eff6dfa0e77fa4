package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ObservabilityDesign;
import tatara.web.Chart;
import tatara.web.PageParts;

/** The whole report, as its template takes it. */
public record ReportPage(
        String name,
        Summary summary,
        AskedSection asked,
        DataSection data,
        DecisionsSection decisions,
        Optional<QualitySection> quality,
        Optional<LineageSection> lineage,
        GatesSection gates,
        Optional<WatchSection> watch,
        Optional<CallSection> call,
        AppendixSection appendix,
        PageParts parts) {
    static ReportPage of(ReportContent content) {
        Optional<QualitySection> quality =
                content.evaluation().map(evaluation -> QualitySection.of(evaluation, isTimed(content)));
        Optional<CallSection> call =
                content.model().flatMap(model -> content.example().map(example -> CallSection.of(model, example)));
        DataSection data = DataSection.of(content);
        List<Chart> charts = new ArrayList<>(data.charts());
        quality.ifPresent(section -> charts.addAll(section.charts()));
        return new ReportPage(
                content.spec().name(),
                Summary.of(content),
                AskedSection.of(content.spec()),
                data,
                DecisionsSection.of(content),
                quality,
                content.lineage().map(LineageSection::of),
                GatesSection.of(content),
                content.design(ObservabilityDesign.class).map(WatchSection::of),
                call,
                AppendixSection.of(content),
                PageParts.of(charts));
    }

    private static boolean isTimed(ReportContent content) {
        return content.design(FeatureDesign.class)
                .flatMap(FeatureDesign::forecast)
                .filter(forecast -> forecast.time().isPresent() && forecast.stepSeconds() > 0)
                .isPresent();
    }
}
