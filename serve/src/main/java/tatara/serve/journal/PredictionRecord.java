package tatara.serve.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tatara.core.json.Json;

/**
 * The predictions of one request, as they are logged: one line for each row.
 *
 * @param at when they were made
 * @param inputs the rows as they came
 * @param outputs the answers, of the same length; each holds its {@code id}
 * @param purpose why they were asked for, if not to be used: such as {@code parity}; the caller says so
 * @param bytes about how much memory the rows take
 */
public record PredictionRecord(
        String model,
        int version,
        Instant at,
        List<Json.Obj> inputs,
        List<Json.Obj> outputs,
        Optional<String> purpose,
        long bytes) {}
