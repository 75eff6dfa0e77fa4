package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.testkit.subscription.CsvTables;
import tatara.testkit.subscription.Scenario;
import tatara.testkit.subscription.Simulation;

/** Predictions for customers never seen, against the probabilities that the simulator drew their cancellations from. */
@Tag("slow")
final class KnownTruthTest {
    private static final int BINS = 10;

    @TempDir
    Path directory;

    @Test
    void probabilities_are_calibrated_and_the_ranking_is_nearly_the_best_possible() throws IOException {
        Simulation past = Simulation.of(Scenario.of(40_000, 11));
        Simulation future = Simulation.of(Scenario.of(20_000, 12));
        Path training = directory.resolve("customers.csv");
        Path fresh = directory.resolve("fresh.csv");
        new CsvTables(past, 2).writeCustomers(training, 0);
        new CsvTables(future, 2).writeCustomers(fresh, 0);
        Path home = directory.resolve("home");
        CommandRun run = CommandRun.of(
                home,
                "run",
                "predict which customers will cancel",
                "--data",
                training.toString(),
                "--budget",
                "60s",
                "--exit",
                "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        Path scored = directory.resolve("scored.csv");
        CommandRun predict = CommandRun.of(
                home, "predict", run.text("pipeline"), "--input", fresh.toString(), "--output", scored.toString());
        assertThat(predict.exit()).as(predict.err()).isZero();

        double[] predicted = column(scored, "probability_yes");
        boolean[] cancelled = labels(fresh);
        double[] truth = future.probabilities();
        double error = calibrationError(predicted, truth);
        double lost = auc(truth, cancelled) - auc(predicted, cancelled);
        System.getLogger(KnownTruthTest.class.getName())
                .log(System.Logger.Level.INFO, "calibration error {0}, AUC lost {1}", error, lost);
        assertThat(error).as("calibration error against the truth").isLessThan(0.02);
        assertThat(lost).as("AUC below the best possible").isLessThan(0.01);
    }

    private static double[] column(Path csv, String name) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        int at = Arrays.asList(lines.get(0).split(",")).indexOf(name);
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[at]))
                .toArray();
    }

    private static boolean[] labels(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        boolean[] labels = new boolean[lines.size() - 1];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = lines.get(row + 1).endsWith(",yes");
        }
        return labels;
    }

    /** Mean absolute difference of predicted and true probability over bins of equal mass. */
    private static double calibrationError(double[] predicted, double[] truth) {
        int[] order = sorted(predicted);
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            int from = (int) ((long) order.length * bin / BINS);
            int to = (int) ((long) order.length * (bin + 1) / BINS);
            double difference = 0;
            for (int i = from; i < to; i++) {
                difference += predicted[order[i]] - truth[order[i]];
            }
            error += Math.abs(difference);
        }
        return error / order.length;
    }

    /** Probability that a positive ranks above a negative; ties count half. */
    private static double auc(double[] scores, boolean[] labels) {
        int[] order = sorted(scores);
        double ranks = 0;
        long positives = 0;
        for (int start = 0; start < order.length; ) {
            int end = start;
            while (end < order.length && scores[order[end]] == scores[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                if (labels[order[i]]) {
                    positives++;
                    ranks += (start + 1 + end) / 2.0;
                }
            }
            start = end;
        }
        long negatives = order.length - positives;
        return (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    private static int[] sorted(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(i -> i)
                .toArray();
    }
}
