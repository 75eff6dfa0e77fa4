package tatara.pipeline.compose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.TableProfile;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.spec.Spec;
import tatara.data.lake.History;
import tatara.data.lake.Lake;
import tatara.data.lineage.Trace;
import tatara.data.lineage.Tracing;
import tatara.model.bundle.ModelBundle;
import tatara.model.transform.FittedTransform;
import tatara.pipeline.execute.AtomicFile;
import tatara.pipeline.outcome.Latest;

/** Keeps where everything of a run came from, beside its other records (D7). */
final class LineageRecord {
    private final RunContext run;
    private final Spec spec;

    LineageRecord(RunContext run, Spec spec) {
        this.run = run;
        this.spec = spec;
    }

    Lineage draw(Latest latest, DesignedData data, Optional<TrainedModel> trained, Optional<DeployedModel> live) {
        Optional<FittedTransform> transform =
                trained.flatMap(model -> ModelBundle.load(model.bundle()).transform());
        Map<String, String> code = new LinkedHashMap<>();
        latest.provenance().forEach((name, key) -> {
            if (!name.startsWith("data ")) {
                code.put("document " + name, key);
            }
        });
        return Tracing.of(new Trace(
                spec.name(),
                latest.run(),
                data.evidence(),
                data.data().design(),
                data.features().design(),
                data.tables(),
                data.table(),
                properties(data),
                transform,
                model(trained, live),
                code));
    }

    void write(Lineage lineage, DesignedData data) {
        AtomicFile.write(run.workspace().lineage(spec.name()), JsonText.write(RecordCodec.write(lineage)));
        run.lineage().describe(lineage, data.evidence().tables());
    }

    private static Map<String, String> model(Optional<TrainedModel> trained, Optional<DeployedModel> live) {
        Map<String, String> facts = new LinkedHashMap<>();
        trained.ifPresent(model -> {
            facts.put("bundle", model.bundleKey());
            facts.put("rows trained on", Long.toString(model.trainRows()));
        });
        live.ifPresent(model -> {
            facts.put("version", Integer.toString(model.version().version()));
            facts.put("stage", model.version().stage());
        });
        return facts;
    }

    /** What loads wrote down about where a snapshot's rows came from. */
    private Map<String, Map<String, String>> properties(DesignedData data) {
        History history = run.lake().get().history();
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (TableProfile table : data.evidence().tables()) {
            if (run.lake().get().holds(table.raw())) {
                Map<String, String> properties =
                        new TreeMap<>(history.version(table.raw()).properties());
                properties.remove(Lake.INPUTS);
                properties.values().removeIf(value -> value.length() > 500);
                all.put(table.name(), properties);
            }
        }
        return all;
    }
}
