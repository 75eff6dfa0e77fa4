package tatara.web.report;

import java.util.List;
import tatara.core.design.Decision;
import tatara.core.design.Specialist;
import tatara.web.report.ReportContent.HandOff;

/** What each specialist decided, and why. */
public record DecisionsSection(List<Expert> experts) {
    /**
     * One specialist.
     *
     * @param document the hand-off's file name and the start of its hash
     * @param edited whether a person changed the hand-off
     * @param facts the design in a few lines
     */
    public record Expert(
            String title, int phase, String document, boolean edited, List<Fact> facts, List<Decision> decisions) {}

    static DecisionsSection of(ReportContent content) {
        return new DecisionsSection(
                content.handOffs().stream().map(DecisionsSection::expert).toList());
    }

    private static Expert expert(HandOff handOff) {
        String hash = handOff.hash().length() > 12 ? handOff.hash().substring(0, 12) : handOff.hash();
        return new Expert(
                title(handOff.specialist()),
                handOff.specialist().phase(),
                handOff.specialist().fileName() + (hash.isEmpty() ? "" : ", " + hash),
                handOff.edited(),
                DesignFacts.of(handOff.design()),
                handOff.decisions());
    }

    private static String title(Specialist specialist) {
        return switch (specialist) {
            case DATA_ENGINEER -> "Data engineer";
            case DATA_SCIENTIST -> "Data scientist";
            case ML_ENGINEER -> "ML engineer";
            case PRODUCTION_ENGINEER -> "Production engineer";
            case MLOPS_ENGINEER -> "MLOps engineer";
            case KUBERNETES_ARCHITECT -> "Kubernetes architect";
            case OBSERVABILITY_ENGINEER -> "Observability engineer";
        };
    }
}
