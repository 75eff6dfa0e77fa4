package tatara.pipeline.compose;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;
import tatara.core.run.Evaluation;

/** One-line summaries of results, for people. */
final class Sentences {
    private Sentences() {}

    static String ingested(SourceAudit audit) {
        String bad = audit.quarantined() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %,d unreadable rows put aside in %s",
                        audit.quarantined(),
                        audit.quarantineFile());
        return String.format(Locale.ROOT, "%,d rows%s", audit.rows(), bad);
    }

    static String structure(TableStructure structure) {
        return structure.keys().size() + " keys, " + structure.dependencies().size() + " dependencies, "
                + structure.associations().size() + " associations";
    }

    static String profiled(TableProfile profile) {
        String duplicates = profile.duplicateRows() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d duplicate rows", profile.duplicateRows());
        return profile.columns().size() + " columns" + duplicates;
    }

    static String suspects(List<Suspect> suspects) {
        List<Suspect> excluded = suspects.stream().filter(Suspect::exclude).toList();
        if (excluded.isEmpty()) {
            return "no column left out";
        }
        String names = excluded.stream()
                .limit(8)
                .map(suspect -> suspect.column() + " ("
                        + suspect.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
                .collect(Collectors.joining(", "));
        return "left out: " + names + (excluded.size() > 8 ? " and " + (excluded.size() - 8) + " more" : "");
    }

    static String personal(List<PersonalData> personal) {
        if (personal.isEmpty()) {
            return "none found";
        }
        return personal.stream()
                        .limit(8)
                        .map(found -> found.column() + " ("
                                + found.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
                        .collect(Collectors.joining(", "))
                + (personal.size() > 8 ? " and " + (personal.size() - 8) + " more" : "");
    }

    static String gates(List<GateResult> gates) {
        long failed = gates.stream().filter(gate -> !gate.passed()).count();
        return gates.size() - failed + " passed" + (failed == 0 ? "" : ", " + failed + " failed");
    }

    static String evaluated(Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "%s %.4g [%.4g, %.4g] on %,d rows; best baseline %.4g",
                evaluation.metric().key(),
                evaluation.value().value(),
                evaluation.value().low(),
                evaluation.value().high(),
                evaluation.rows(),
                evaluation.bestBaseline());
    }
}
