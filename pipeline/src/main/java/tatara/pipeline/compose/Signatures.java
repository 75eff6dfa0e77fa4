package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Field;
import tatara.core.spec.Spec;
import tatara.model.bundle.Signature;
import tatara.model.forecast.ForecastModel;
import tatara.model.transform.FeatureTransform;

/** What models take and give, from the designs. */
final class Signatures {
    private Signatures() {}

    static Signature tabular(Spec spec, DesignedData data, FeatureTransform transform, double threshold) {
        FeatureDesign.Target target = data.features().design().target();
        DataDesign.Table contract = data.data().design().main();
        List<Signature.Input> inputs = new ArrayList<>();
        for (Field field : transform.inputs()) {
            inputs.add(contract.find(field.name())
                    .map(column -> new Signature.Input(field.name(), column.type(), column.format(), true))
                    .orElseGet(() -> new Signature.Input(field.name(), ofKind(field), CellFormat.plain(), true)));
        }
        return new Signature(
                spec.task(),
                inputs,
                target.column().orElse("anomaly"),
                target.classes(),
                target.positive(),
                threshold,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** Series and position of a forecast, and the columns known in advance, which may be absent. */
    static Signature forecast(Spec spec, DesignedData data, ForecastModel model) {
        FeatureDesign design = data.features().design();
        FeatureDesign.Forecast forecast = design.forecast().orElseThrow();
        DataDesign.Table contract = data.data().design().main();
        List<Signature.Input> inputs = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        model.seriesColumn().ifPresent(columns::add);
        columns.add(model.positionColumn());
        Set<String> required = Set.copyOf(columns);
        columns.addAll(model.knownColumns());
        for (String name : columns) {
            contract.find(name)
                    .ifPresent(column -> inputs.add(
                            new Signature.Input(name, column.type(), column.format(), required.contains(name))));
        }
        return new Signature(
                spec.task(),
                inputs,
                design.target().column().orElse("value"),
                List.of(),
                Optional.empty(),
                0,
                forecast.series(),
                forecast.time(),
                forecast.horizon());
    }

    private static ColumnType ofKind(Field field) {
        return switch (field.kind()) {
            case NUMBER -> ColumnType.NUMBER;
            case TEXT -> ColumnType.CATEGORY;
            case TIME -> ColumnType.TIME;
        };
    }
}
