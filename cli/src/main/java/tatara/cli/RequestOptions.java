package tatara.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.spec.DataArgument;
import tatara.core.spec.Goal;
import tatara.core.spec.Request;
import tatara.data.source.LakeSources;
import tatara.data.source.remote.RemoteCopies;

/** The options that say what is asked; shared by {@code run} and {@code design}. */
final class RequestOptions {
    private static final double USUAL_BUDGET = 300;
    private static final long USUAL_SEED = 1;

    @Option(
            names = "--data",
            paramLabel = "[NAME=]PATH",
            description =
                    "A file or folder: CSV, Parquet, JSON lines, Excel; or a URI: https://, s3://, az://, gs://, postgresql://, mysql://, jdbc:…"
                            + " Repeat it for several tables.")
    List<String> data = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "What to predict (default: read from the sentence).")
    @Nullable
    String target;

    @Option(names = "--time", paramLabel = "COLUMN", description = "The time that orders the rows.")
    @Nullable
    String time;

    @Option(names = "--entity", paramLabel = "COLUMN", description = "What a row is about, such as the customer's id.")
    @Nullable
    String entity;

    @Option(names = "--horizon", paramLabel = "N", description = "Forecasts: steps ahead.")
    @Nullable
    Integer horizon;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Time for training, such as 90s, 5m (default: 5m).")
    double budgetSeconds = USUAL_BUDGET;

    @Option(names = "--name", paramLabel = "NAME", description = "The pipeline's name (default: from the sentence).")
    @Nullable
    String name;

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "One of the seven options, such as deployment_mode=batch.")
    Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--goal",
            paramLabel = "METRIC>=X",
            converter = Goals.class,
            description = "A figure the hold-out must reach, such as roc_auc>=0.8.")
    List<Goal> goals = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Of every random choice (default: 1).")
    long seed = USUAL_SEED;

    /** Whether anything was said that only a new request can mean. */
    boolean isSilent() {
        boolean columns = target == null && time == null && entity == null && horizon == null;
        boolean usual = budgetSeconds == USUAL_BUDGET && seed == USUAL_SEED;
        return columns && usual && name == null && options.isEmpty() && goals.isEmpty();
    }

    Request request(String sentence) {
        return new Request(
                sentence,
                data.stream().map(RequestOptions::argument).toList(),
                Optional.ofNullable(name),
                Optional.ofNullable(target),
                Optional.ofNullable(time),
                Optional.ofNullable(entity),
                Optional.ofNullable(horizon),
                budgetSeconds,
                seed,
                goals,
                options);
    }

    /** {@code NAME=PATH} where the name is a plain word, else the whole text is the path. */
    static DataArgument argument(String text) {
        int equals = text.indexOf('=');
        boolean named = equals > 0 && text.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_-]*");
        String name = named ? text.substring(0, equals) : "";
        return new DataArgument(name, location(named ? text.substring(equals + 1) : text));
    }

    /** A URI as it is, a path made absolute. */
    static String location(String text) {
        boolean uri = LakeSources.isLake(text)
                || RemoteCopies.isRemote(text)
                || text.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*");
        return uri || text.isEmpty() ? text : absolute(text);
    }

    private static String absolute(String location) {
        try {
            return Path.of(location).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("--data " + location + ": " + e.getReason())
                            .expecting("a path of this system")
                            .todo("Check the path"),
                    e);
        }
    }
}
