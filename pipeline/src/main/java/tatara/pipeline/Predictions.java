package tatara.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.port.ModelRegistry;
import tatara.core.run.EventSink;
import tatara.core.spec.Task;
import tatara.data.source.Sources;
import tatara.data.source.TableWriter;
import tatara.data.source.remote.RemoteAccess;
import tatara.data.source.remote.RemoteCopies;
import tatara.model.bundle.ModelBundle;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.Workspace;
import tatara.serve.batch.BatchPrediction;

/** Scores batches with registered models. */
public final class Predictions {
    private final Workspace workspace;
    private final Lazy<ModelRegistry> registry;
    private final RemoteAccess remote;
    private final LongSupplier nanoTime;

    /** @param remote reads rows from outside this machine */
    public Predictions(Workspace workspace, Lazy<ModelRegistry> registry, RemoteAccess remote, LongSupplier nanoTime) {
        this.workspace = workspace;
        this.registry = registry;
        this.remote = remote;
        this.nanoTime = nanoTime;
    }

    /** @param lines receives lines of CSV if the job has no output file */
    public BatchJob.Result run(BatchJob job, Consumer<String> lines) {
        long start = nanoTime.getAsLong();
        new Catalogue(workspace).spec(job.pipeline());
        ModelRegistry.Version version = version(job);
        ModelBundle bundle = ModelBundle.load(version.bundle());
        BatchPrediction scoring =
                new BatchPrediction(bundle, job.explain() ? BatchPrediction.Explain.YES : BatchPrediction.Explain.NO);
        FrameSource rows = rows(job, bundle);
        AtomicLong scored = new AtomicLong();
        Consumer<Consumer<Frame>> producer = sink -> scoring.run(rows, frame -> {
            scored.addAndGet(frame.rows());
            sink.accept(frame);
        });
        Optional<Path> output = job.output();
        if (output.isPresent()) {
            new TableWriter(workspace.cache()).write(output.get(), scoring.schema(), producer);
        } else {
            print(scoring.schema(), producer, lines);
        }
        return new BatchJob.Result(version.version(), scored.get(), (nanoTime.getAsLong() - start) / 1e9);
    }

    private FrameSource rows(BatchJob job, ModelBundle bundle) {
        if (job.input().isPresent()) {
            RemoteCopies copies = new RemoteCopies(workspace.cache(), remote, EventSink.none(), nanoTime);
            return new Sources(workspace.cache(), copies).frames(job.input().get());
        }
        if (bundle.signature().task() == Task.FORECAST) {
            return FrameSource.of(bundle.horizonFrame());
        }
        throw new TataraException(
                ExecuteErrorCode.NO_INPUT,
                Fault.of("there are no rows to score")
                        .expecting("--input FILE with CSV, Parquet, JSON lines or Excel")
                        .todo("Add --input; only forecasts can do without"));
    }

    private ModelRegistry.Version version(BatchJob job) {
        if (job.version() > 0) {
            return registry.get()
                    .find(job.pipeline(), job.version())
                    .orElseThrow(() ->
                            none(job, "version " + job.version(), "See the versions: tatara show " + job.pipeline()));
        }
        return registry.get()
                .production(job.pipeline())
                .orElseThrow(() -> none(job, "a version in production", "Run it: tatara run " + job.pipeline()));
    }

    private static TataraException none(BatchJob job, String what, String todo) {
        return new TataraException(
                ExecuteErrorCode.NO_MODEL,
                Fault.of("the pipeline " + job.pipeline() + " has no such model")
                        .expecting(what)
                        .todo(todo));
    }

    private static void print(Schema schema, Consumer<Consumer<Frame>> producer, Consumer<String> lines) {
        lines.accept(String.join(
                ",", schema.names().stream().map(Predictions::quoted).toList()));
        producer.accept(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < frame.columns().size(); i++) {
                    line.append(i == 0 ? "" : ",").append(quoted(cell(frame.column(i), row)));
                }
                lines.accept(line.toString());
            }
        });
    }

    private static String cell(Column column, int row) {
        if (column.isMissing(row)) {
            return "";
        }
        if (column instanceof NumberColumn numbers) {
            return Double.toString(numbers.values()[row]);
        }
        if (column instanceof TimeColumn times) {
            return java.time.Instant.EPOCH
                    .plus(times.micros()[row], java.time.temporal.ChronoUnit.MICROS)
                    .toString();
        }
        return String.valueOf(((TextColumn) column).value(row));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
