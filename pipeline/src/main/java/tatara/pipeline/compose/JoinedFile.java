package tatara.pipeline.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.Evaluation;
import tatara.train.ensemble.TrainedEnsemble;
import tatara.train.evaluate.ThresholdChoice;

/**
 * What is known of a joined model before the hold-out is opened, stored beside its bundle.
 *
 * @param crossValidated leading metric on out-of-fold predictions
 */
record JoinedFile(
        double crossValidated,
        List<Evaluation.CandidateScore> candidates,
        double threshold,
        String rule,
        boolean reached,
        List<String> notes) {
    private static final String NAME = "joined.json";

    static Json write(Path directory, TrainedEnsemble made, long rows) throws IOException {
        JoinedFile file = new JoinedFile(
                made.value(),
                made.candidates(),
                made.threshold().threshold(),
                made.threshold().rule(),
                made.threshold().reached(),
                made.notes());
        Files.writeString(directory.resolve(NAME), JsonText.write(RecordCodec.write(file)));
        long members = made.candidates().stream()
                .filter(candidate -> candidate.weight() > 0)
                .count();
        return Json.object()
                .with("value", made.value())
                .with("difference", made.difference())
                .with("rows", rows)
                .with(
                        "summary",
                        String.format(
                                Locale.ROOT,
                                "%d of %d candidates, %.5g",
                                members,
                                made.candidates().size(),
                                made.value()));
    }

    static JoinedFile read(Path directory) {
        return RecordCodec.read(JoinedFile.class, Stored.document(directory.resolve(NAME)));
    }

    ThresholdChoice choice() {
        return new ThresholdChoice(threshold, rule, reached);
    }
}
