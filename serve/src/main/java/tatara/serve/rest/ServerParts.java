package tatara.serve.rest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tatara.serve.journal.FeedbackStore;
import tatara.serve.journal.PredictionIds;
import tatara.serve.journal.PredictionLog;

/**
 * What the server is built from. The server closes the log and the store, not the models.
 *
 * @param models where models come from
 * @param pages shown beside the server's own
 * @param ids of predictions
 * @param predictions what was predicted
 * @param feedback what came true
 */
public record ServerParts(
        ModelSource models,
        PageSource pages,
        PredictionIds ids,
        PredictionLog predictions,
        FeedbackStore feedback,
        Clock clock) {

    /** The usual parts, with journals in the home: {@code predictions-log/} and {@code feedback.db}. */
    public static ServerParts in(Path home, ModelSource models, PageSource pages, Clock clock) {
        return new ServerParts(
                models,
                pages,
                new PredictionIds(clock, () -> ThreadLocalRandom.current().nextLong()),
                new PredictionLog(
                        home.resolve("predictions-log"),
                        clock.millis() + "-" + UUID.randomUUID().toString().substring(0, 8),
                        PredictionLog.Settings.standard()),
                new FeedbackStore(home.resolve("feedback.db"), clock),
                clock);
    }
}
