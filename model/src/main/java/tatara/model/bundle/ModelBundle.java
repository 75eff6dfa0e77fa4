package tatara.model.bundle;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.spec.Task;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.ensemble.Encoder;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.Member;
import tatara.model.ensemble.Scorer;
import tatara.model.explain.Contributions;
import tatara.model.forecast.ForecastModel;
import tatara.model.prediction.Predictions;
import tatara.model.transform.FeatureTransform;
import tatara.model.transform.FittedTransform;

/**
 * A fitted model that answers: signature, transform, scorers, provenance, in one directory. The same model and provenance give
 * the same bytes. Scored in pure Java; immutable, thread-safe.
 */
public final class ModelBundle {
    private final Signature signature;
    private final Content content;
    private final Map<String, String> provenance;
    private final Conformer conformer;

    ModelBundle(Signature signature, Content content, Map<String, String> provenance) {
        this.signature = requireNonNull(signature, "signature");
        this.content = requireNonNull(content, "content");
        this.provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
        this.conformer = new Conformer(signature);
    }

    /**
     * A model of single rows: classes, values, or anomaly scores.
     *
     * @param transform a {@link FittedTransform} whose inputs are among the signature's, in the same kinds
     * @param ensemble 1 output for binary, regression and anomaly (a score in [0, 1]), one for each class for multiclass
     */
    public static ModelBundle tabular(Signature signature, FeatureTransform transform, Ensemble ensemble) {
        if (!(transform instanceof FittedTransform fitted)) {
            throw new IllegalArgumentException("transform: " + transform.getClass() + " (expected: FittedTransform)");
        }
        if (signature.task() == Task.FORECAST) {
            throw new IllegalArgumentException("task: forecast (expected: a task on single rows)");
        }
        int classes = signature.classes().size();
        int outputs = signature.task() == Task.MULTICLASS ? classes : 1;
        if (ensemble.outputs() != outputs || (signature.task() == Task.BINARY && classes != 2)) {
            throw new IllegalArgumentException(
                    "outputs: " + ensemble.outputs() + " for " + classes + " classes (expected: " + outputs + ")");
        }
        if (signature.positive().isPresent()
                && !signature.classes().contains(signature.positive().get())) {
            throw new IllegalArgumentException(
                    "positive: " + signature.positive().get() + " (expected: one of " + signature.classes() + ")");
        }
        requireInputs(signature, fitted);
        return new ModelBundle(signature, new TabularContent(signature, fitted, ensemble), Map.of());
    }

    private static void requireInputs(Signature signature, FittedTransform transform) {
        for (Field field : transform.inputs()) {
            boolean found = signature.inputs().stream()
                    .anyMatch(input ->
                            input.name().equals(field.name()) && input.type().kind() == field.kind());
            if (!found) {
                throw new IllegalArgumentException("input: none for column " + field.name() + " of " + field.kind()
                        + " (expected: every column that the transform reads)");
            }
        }
    }

    /**
     * An anomaly detector.
     *
     * @param scorer 1 output, the score in [0, 1]
     */
    public static ModelBundle anomaly(Signature signature, FeatureTransform transform, Encoder encoder, Scorer scorer) {
        Member member = new Member("isolation-forest", 1, List.of(new FoldModel(encoder, scorer)));
        return tabular(signature, transform, new Ensemble(List.of(member), new NoCalibrator(), 1));
    }

    /** A model of whole series. */
    public static ModelBundle forecast(Signature signature, ForecastModel model) {
        if (signature.task() != Task.FORECAST) {
            throw new IllegalArgumentException("task: " + signature.task() + " (expected: forecast)");
        }
        return new ModelBundle(signature, new ForecastContent(model), Map.of());
    }

    /**
     * Loads a bundle and checks every byte of it.
     *
     * @throws TataraException with {@code NOT_A_BUNDLE} or {@code CORRUPT_BUNDLE}
     */
    public static ModelBundle load(Path directory) {
        return BundleFiles.load(directory);
    }

    /** Writes the bundle with the provenance it was loaded with. */
    public void write(Path directory) {
        write(directory, provenance);
    }

    /**
     * Writes the bundle; other files in the directory stay.
     *
     * @param origin where the model comes from: names and hashes of data, designs, code, seed
     * @throws TataraException with {@code NOT_WRITABLE}
     */
    public void write(Path directory, Map<String, String> origin) {
        BundleFiles.write(new ModelBundle(signature, content, origin), directory);
    }

    public Signature signature() {
        return signature;
    }

    public Map<String, String> provenance() {
        return provenance;
    }

    Content content() {
        return content;
    }

    /**
     * Brings a frame of any kinds, in any order, to the signature's inputs; other columns are ignored.
     *
     * @throws TataraException with {@code MISSING_COLUMN} that names the missing required columns
     */
    public Frame conform(Frame raw) {
        return conformer.conform(raw);
    }

    /**
     * Answers every row, in order; every number is finite.
     *
     * @throws TataraException with {@code MISSING_COLUMN}
     */
    public Predictions predict(Frame raw) {
        return content.predict(conform(raw));
    }

    /**
     * What each raw column contributed to each row's answer; for several classes, to the margin of the most probable one.
     *
     * @throws TataraException with {@code NOT_SUPPORTED} for forecasts
     */
    public Contributions explain(Frame raw) {
        return content.explain(conform(raw));
    }

    /** Tree nodes visited and products summed to score one row: the mean over the sample's rows, rounded. */
    public long operationsPerRow(Frame sample) {
        return content.operationsPerRow(conform(sample));
    }

    /**
     * The rows to ask for the next steps of every series.
     *
     * @throws TataraException with {@code NOT_SUPPORTED} for other tasks than forecasts
     */
    public Frame horizonFrame() {
        if (content instanceof ForecastContent forecast) {
            return forecast.model().horizonFrame();
        }
        throw new TataraException(
                BundleErrorCode.NOT_SUPPORTED,
                Fault.of("This model answers single rows, not future steps")
                        .todo("Give rows with the columns of its signature"));
    }

    /** The members behind single-row answers; empty for forecasts. */
    public Optional<Ensemble> ensemble() {
        return content instanceof TabularContent tabular ? Optional.of(tabular.ensemble()) : Optional.empty();
    }

    /** How rows become the shared vector; empty for forecasts. */
    public Optional<FittedTransform> transform() {
        return content instanceof TabularContent tabular ? Optional.of(tabular.transform()) : Optional.empty();
    }

    /** Features of the shared vector, 0 for forecasts. */
    public int features() {
        return content instanceof TabularContent tabular
                ? tabular.transform().outputs().size()
                : 0;
    }
}
