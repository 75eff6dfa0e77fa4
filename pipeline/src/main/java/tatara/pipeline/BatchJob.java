package tatara.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A batch to score.
 *
 * @param pipeline whose model
 * @param input path or URI of rows; may be absent for forecasts, which then give the next steps of every series
 * @param output file by whose extension the format is chosen; absent for lines of CSV
 * @param version of the model, 0 for the one in production
 * @param explain whether contributions are added
 */
public record BatchJob(String pipeline, Optional<String> input, Optional<Path> output, int version, boolean explain) {
    /** What was scored. */
    public record Result(int version, long rows, double seconds) {}
}
