package tatara.train.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.core.spec.Metric;
import tatara.model.ensemble.FoldModel;
import tatara.train.evaluate.KeyHash;
import tatara.train.evaluate.Metrics;
import tatara.train.learner.Fold;
import tatara.train.learner.FoldResult;
import tatara.train.learner.Learner;
import tatara.train.learner.Learners;
import tatara.train.learner.TrainErrorCode;

/**
 * Trains candidates of a design on one training set: every fold of every repeat, as many at once as the design has threads, each on
 * one thread. Results depend on the inputs and the seed alone, not on which thread was faster. Owns native memory: to be closed.
 */
public final class CandidateTraining implements AutoCloseable {
    private final TrainingSet set;
    private final List<int[]> folds;
    private final TrainingDesign design;
    private final Metric metric;
    private final EventSink events;
    private final Learners learners;
    private final ExecutorService threads;
    private double best = Double.NaN;

    /**
     * @param folds for each repeat the fold of each row, as {@link tatara.train.evaluate.Splits#folds} draws them
     * @param metric leads
     */
    public CandidateTraining(
            TrainingSet set, List<int[]> folds, TrainingDesign design, Metric metric, EventSink events) {
        this.set = set;
        this.folds = List.copyOf(folds);
        this.design = design;
        this.metric = metric;
        this.events = events;
        this.learners = new Learners(set.data(), metric, design.seed());
        this.threads = Executors.newFixedThreadPool(design.threads(), task -> {
            Thread thread = new Thread(task, "tatara-train");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Trains one candidate, unless the deadline has passed before it began.
     *
     * @throws TataraException with a {@link TrainErrorCode} if the rows can't be split or a library fails
     */
    public Optional<TrainedCandidate> train(Candidate candidate, Deadline deadline) {
        if (deadline.passed()) {
            events.emit(new RunEvent.Note(
                    "train", "candidate " + candidate.id() + " left out: the training budget is used up"));
            return Optional.empty();
        }
        long start = System.nanoTime();
        Learner learner = learners.of(candidate);
        List<Fold> tasks = tasks(candidate, deadline);
        List<FoldResult> results = run(learner, tasks);
        double[][] outOfFold = outOfFold(tasks, results);
        double value = Metrics.forSearch(set.data().task(), set.data().classes())
                .of(metric, set.data().labels(), outOfFold);
        List<FoldModel> models = results.stream().map(FoldResult::model).toList();
        double rounds = results.stream().mapToInt(FoldResult::rounds).average().orElse(0);
        double difference =
                results.stream().mapToDouble(FoldResult::difference).max().orElse(0);
        String name = candidate.learner().name().toLowerCase(Locale.ROOT).replace('_', '-');
        double seconds = (System.nanoTime() - start) / 1e9;
        synchronized (this) {
            best = metric.isBetter(value, best) ? value : best;
            events.emit(new RunEvent.Scored(candidate.id(), metric.key(), value, best));
        }
        return Optional.of(
                new TrainedCandidate(candidate.id(), name, models, outOfFold, value, rounds, difference, seconds));
    }

    private List<Fold> tasks(Candidate candidate, Deadline deadline) {
        List<Fold> tasks = new ArrayList<>();
        for (int repeat = 0; repeat < folds.size(); repeat++) {
            int[] foldOf = folds.get(repeat);
            int count = Arrays.stream(foldOf).max().orElse(-1) + 1;
            for (int fold = 0; fold < count; fold++) {
                int[] valid = rows(foldOf, fold, true);
                int[] train = rows(foldOf, fold, false);
                if (valid.length > 0 && train.length > 0) {
                    long seed = KeyHash.mix(
                            KeyHash.mix(design.seed() ^ candidate.id().hashCode()) + 1000L * repeat + fold);
                    tasks.add(new Fold(train, valid, seed, deadline::aborts));
                }
            }
        }
        if (tasks.size() < 2) {
            throw new TataraException(
                    TrainErrorCode.TOO_FEW_ROWS,
                    Fault.of(set.rows() + " training rows with a target can't be cut into folds")
                            .expecting("at least 2 rows")
                            .todo("Give more rows"));
        }
        return tasks;
    }

    private static int[] rows(int[] foldOf, int fold, boolean inside) {
        int[] rows = new int[foldOf.length];
        int count = 0;
        for (int row = 0; row < foldOf.length; row++) {
            if (foldOf[row] == fold == inside) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private List<FoldResult> run(Learner learner, List<Fold> tasks) {
        List<Future<FoldResult>> running = new ArrayList<>();
        for (Fold task : tasks) {
            running.add(threads.submit(() -> learner.train(task)));
        }
        List<FoldResult> results = new ArrayList<>();
        try {
            for (Future<FoldResult> future : running) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            running.forEach(future -> future.cancel(false));
            drain(running);
            if (e.getCause() instanceof TataraException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            running.forEach(future -> future.cancel(false));
            drain(running);
            Thread.currentThread().interrupt();
            throw new TataraException(TrainErrorCode.INTERRUPTED, Fault.of("training was interrupted"), e);
        }
    }

    /** Waits for folds that still run, so that nobody frees the native memory they use. */
    private static void drain(List<Future<FoldResult>> running) {
        boolean interrupted = false;
        for (Future<FoldResult> future : running) {
            while (!future.isDone()) {
                try {
                    future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException | java.util.concurrent.CancellationException e) {
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private double[][] outOfFold(List<Fold> tasks, List<FoldResult> results) {
        double[][] sums = new double[set.rows()][set.data().scorerOutputs()];
        int[] counts = new int[set.rows()];
        for (int i = 0; i < tasks.size(); i++) {
            int[] rows = tasks.get(i).valid();
            double[][] predictions = results.get(i).predictions();
            for (int j = 0; j < rows.length; j++) {
                counts[rows[j]]++;
                for (int output = 0; output < sums[0].length; output++) {
                    sums[rows[j]][output] += predictions[j][output];
                }
            }
        }
        for (int row = 0; row < sums.length; row++) {
            for (int output = 0; output < sums[row].length; output++) {
                sums[row][output] /= counts[row];
            }
        }
        return sums;
    }

    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        learners.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
