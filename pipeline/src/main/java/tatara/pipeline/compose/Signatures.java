package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Field;
import tatara.core.spec.Spec;
import tatara.model.bundle.Signature;
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

    /** Series, time and known columns of a forecast. */
    static Signature forecast(Spec spec, DesignedData data, List<String> columns) {
        FeatureDesign design = data.features().design();
        FeatureDesign.Forecast forecast = design.forecast().orElseThrow();
        DataDesign.Table contract = data.data().design().main();
        List<Signature.Input> inputs = new ArrayList<>();
        for (String name : columns) {
            contract.find(name)
                    .ifPresent(column -> inputs.add(new Signature.Input(name, column.type(), column.format(), true)));
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
