package tatara.web.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.Decision;
import tatara.core.design.Design;
import tatara.core.design.Specialist;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableStructure;
import tatara.core.json.Json;
import tatara.core.run.Evaluation;
import tatara.core.run.Lineage;
import tatara.core.spec.Spec;

/**
 * All that a report is made of. A section appears only if what it shows is there, so a run that stopped early has a report too.
 *
 * @param spec what was asked
 * @param data what was measured about the data
 * @param structures what columns of the data have to do with each other, of some of its tables
 * @param handOffs what the specialists decided, in their order; those who did not come to work are absent
 * @param dataGates gates on the data
 * @param modelGates gates on the model, those after deployment included
 * @param evaluation on the sealed hold-out
 * @param model the registered model
 * @param steps what ran, in order of start
 * @param provenance hashes, seeds and versions that led to the model, by name, in the order to show
 * @param example a real row with its answer
 * @param lineage where everything came from
 */
public record ReportContent(
        Spec spec,
        DataEvidence data,
        List<TableStructure> structures,
        List<HandOff> handOffs,
        List<GateResult> dataGates,
        List<GateResult> modelGates,
        Optional<Evaluation> evaluation,
        Optional<RegisteredModel> model,
        List<StepTime> steps,
        Map<String, String> provenance,
        Optional<Example> example,
        Optional<Lineage> lineage) {
    public ReportContent {
        structures = List.copyOf(structures);
        handOffs = List.copyOf(handOffs);
        dataGates = List.copyOf(dataGates);
        modelGates = List.copyOf(modelGates);
        steps = List.copyOf(steps);
        provenance = new LinkedHashMap<>(provenance);
    }

    /** Without a deeper look at the data, and without lineage. */
    public ReportContent(
            Spec spec,
            DataEvidence data,
            List<HandOff> handOffs,
            List<GateResult> dataGates,
            List<GateResult> modelGates,
            Optional<Evaluation> evaluation,
            Optional<RegisteredModel> model,
            List<StepTime> steps,
            Map<String, String> provenance,
            Optional<Example> example) {
        this(
                spec,
                data,
                List.of(),
                handOffs,
                dataGates,
                modelGates,
                evaluation,
                model,
                steps,
                provenance,
                example,
                Optional.empty());
    }

    /**
     * One specialist's document.
     *
     * @param hash of the document, hexadecimal
     * @param edited whether a person changed it
     */
    public record HandOff(
            Specialist specialist, Design design, List<Decision> decisions, String hash, boolean edited) {}

    /**
     * The registered model.
     *
     * @param version such as {@code 1}
     * @param stage {@code none}, {@code staging}, {@code production} or {@code archived}
     * @param endpoint base address of the server that answers, such as {@code http://127.0.0.1:7070}; empty if it is not deployed
     */
    public record RegisteredModel(String name, String version, String stage, Optional<String> endpoint) {}

    /** Time that a step took; {@code cached} if its result was there already. */
    public record StepTime(int phase, String title, double seconds, boolean cached) {}

    /**
     * A row of the data and what the live model answered.
     *
     * @param row input columns and values
     * @param answer one element of {@code predictions}; empty if nothing was asked
     */
    public record Example(Json.Obj row, Optional<Json> answer) {}

    <D extends Design> Optional<D> design(Class<D> type) {
        return handOffs.stream()
                .map(HandOff::design)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
