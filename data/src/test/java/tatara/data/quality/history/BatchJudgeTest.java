package tatara.data.quality.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchJudgeTest {
    private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

    /** A source of daily batches of 20 columns. */
    private static final class Source {
        private final SplittableRandom random;
        private final boolean seasonal;
        private final double noise;
        private final List<BatchRecord> records = new ArrayList<>();
        private int day;
        private int alarms;
        private boolean judging = true;

        Source(long seed, boolean seasonal, double noise) {
            this.random = new SplittableRandom(seed);
            this.seasonal = seasonal;
            this.noise = noise;
        }

        double gauss() {
            double u = Math.max(1e-300, random.nextDouble());
            return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
        }

        long binomial(long n, double p) {
            return Math.max(0, Math.min(n, Math.round(n * p + gauss() * Math.sqrt(n * p * (1 - p)))));
        }

        /**
         * The next batch.
         *
         * @param volume factor of the rows
         * @param nulls added to the first column's share of missing values
         * @param unit factor of the first number
         * @param swapped whether two categories change places
         * @param late hours
         */
        BatchRecord next(double volume, double nulls, double unit, boolean swapped, double late) {
            double season = seasonal ? (day % 7 >= 5 ? 0.5 : 1) * (1 + 0.004 * day) : 1;
            long rows = Math.max(1, Math.round(volume * 2_000 * season * Math.exp(noise * gauss())));
            List<BatchMetric> metrics = new ArrayList<>();
            metrics.add(new BatchMetric("rows", Optional.empty(), BatchMetric.Kind.COUNT, rows, rows, 0));
            metrics.add(new BatchMetric(
                    "lag", Optional.empty(), BatchMetric.Kind.HOURS, 6 + 0.5 * gauss() + late, rows, 0));
            for (int column = 0; column < 20; column++) {
                double p = Math.min(1, 0.02 + (column == 0 ? nulls : 0));
                double missing = (double) binomial(rows, p) / rows;
                Optional<String> name = Optional.of("c" + column);
                metrics.add(new BatchMetric("missing:c" + column, name, BatchMetric.Kind.SHARE, missing, rows, 0));
                if (column < 10) {
                    double factor = column == 0 ? unit : 1;
                    double spread = factor * 10 * Math.exp(gauss() / Math.sqrt(2.0 * rows));
                    double drift = noise * 2 * gauss();
                    metrics.add(new BatchMetric(
                            "mean:c" + column,
                            name,
                            BatchMetric.Kind.LEVEL,
                            factor * (50 + drift + 10 * gauss() / Math.sqrt(rows)),
                            rows,
                            spread));
                    metrics.add(
                            new BatchMetric("spread:c" + column, name, BatchMetric.Kind.SPREAD, spread, rows, spread));
                } else {
                    double share = swapped && column == 10 ? 0.3 : 0.6;
                    double first = (double) binomial(rows, share) / rows;
                    metrics.add(
                            new BatchMetric("share:c" + column + "=a", name, BatchMetric.Kind.SHARE, first, rows, 0));
                    metrics.add(new BatchMetric(
                            "share:c" + column + "=b", name, BatchMetric.Kind.SHARE, 1 - first, rows, 0));
                    metrics.add(new BatchMetric("others:c" + column, name, BatchMetric.Kind.SHARE, 0, rows, 0));
                }
            }
            Instant at = START.plus(Duration.ofDays(day++)).plusSeconds(random.nextInt(1800));
            BatchRecord batch = new BatchRecord(at.toString(), "k" + day, rows, metrics, List.of(), false);
            BatchRecord judged =
                    judging ? batch.with(new BatchJudge(BatchJudge.Settings.standard()).judge(records, batch)) : batch;
            records.add(judged);
            alarms += judged.anomalies().isEmpty() ? 0 : 1;
            return judged;
        }

        BatchRecord sound() {
            return next(1, 0, 1, false, 0);
        }

        /** Sound batches that nobody judged. */
        Source learned(int batches) {
            judging = false;
            judged(batches);
            judging = true;
            return this;
        }

        Source judged(int batches) {
            for (int i = 0; i < batches; i++) {
                sound();
            }
            return this;
        }
    }

    private static double alarms(boolean seasonal, double noise, int sources, int batches) {
        int alarms = 0;
        for (int seed = 0; seed < sources; seed++) {
            alarms += new Source(seed, seasonal, noise).judged(batches).alarms;
        }
        return alarms / (double) (sources * batches);
    }

    @Test
    void soundBatchesRarelyAlarm() {
        assertThat(alarms(false, 0.1, 6, 60)).isLessThanOrEqualTo(0.02);
        assertThat(alarms(true, 0.1, 6, 60)).isLessThanOrEqualTo(0.03);
    }

    @Test
    @Tag("slow")
    void oneInAHundredSoundBatchesAlarmsAtMost() {
        assertThat(alarms(false, 0.1, 40, 100)).isLessThanOrEqualTo(0.01);
        assertThat(alarms(true, 0.1, 40, 100)).isLessThanOrEqualTo(0.01);
        assertThat(alarms(false, 0.3, 40, 100)).isLessThanOrEqualTo(0.01);
    }

    private interface Fault {
        BatchRecord happen(Source source);
    }

    private static double caught(boolean seasonal, String metric, Fault fault) {
        int caught = 0;
        for (int seed = 100; seed < 120; seed++) {
            Source source = new Source(seed, seasonal, 0.1).learned(40);
            caught += fault.happen(source).anomalies().stream()
                            .anyMatch(a -> a.metric().equals(metric))
                    ? 1
                    : 0;
        }
        return caught / 20.0;
    }

    @Test
    void faultsAreCaughtInTheFirstBatch() {
        for (boolean seasonal : new boolean[] {false, true}) {
            assertThat(caught(seasonal, "rows", source -> source.next(0.4, 0, 1, false, 0)))
                    .isGreaterThanOrEqualTo(0.95);
            assertThat(caught(seasonal, "missing:c0", source -> source.next(1, 0.05, 1, false, 0)))
                    .isGreaterThanOrEqualTo(0.95);
            assertThat(caught(seasonal, "mean:c0", source -> source.next(1, 0, 100, false, 0)))
                    .isEqualTo(1);
            assertThat(caught(seasonal, "share:c10=a", source -> source.next(1, 0, 1, true, 0)))
                    .isEqualTo(1);
            assertThat(caught(seasonal, "lag", source -> source.next(1, 0, 1, false, 48)))
                    .isEqualTo(1);
        }
    }

    @Test
    void anAnomalyIsNotLearned() {
        Source source = new Source(7, false, 0.1).learned(30);
        assertThat(source.next(0.3, 0, 1, false, 0).anomalies()).isNotEmpty();
        assertThat(source.next(0.3, 0, 1, false, 0).anomalies()).isNotEmpty();
        assertThat(source.sound().anomalies()).isEmpty();
    }

    @Test
    void threeBatchesThatAgreeAreANewLevel() {
        Source source = new Source(8, false, 0.1).learned(30);
        for (int i = 0; i < 3; i++) {
            assertThat(source.next(0.3, 0, 1, false, 0).anomalies()).isNotEmpty();
        }
        int alarms = 0;
        for (int i = 0; i < 20; i++) {
            alarms += source.next(0.3, 0, 1, false, 0).anomalies().isEmpty() ? 0 : 1;
        }
        assertThat(alarms).isLessThanOrEqualTo(1);
        assertThat(source.sound().anomalies()).isNotEmpty();
    }

    @Test
    void hardlyAnyRowsAndEmptyColumnsAreSevere() {
        Source source = new Source(9, false, 0.1).learned(30);
        assertThat(source.next(0.02, 0, 1, false, 0).anomalies()).anyMatch(Anomaly::severe);
        assertThat(source.next(1, 1, 1, false, 0).anomalies())
                .anyMatch(anomaly -> anomaly.severe() && anomaly.metric().equals("missing:c0"));
    }

    @Test
    void nothingIsSaidBeforeThereIsSomethingToLearnFrom() {
        Source source = new Source(10, false, 0.1).learned(5);
        assertThat(source.next(0.01, 1, 100, true, 99).anomalies()).isEmpty();
    }

    @Test
    void constantFiguresDoNotBreakIt() {
        List<BatchRecord> past = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            past.add(constant(day, 100));
        }
        assertThat(new BatchJudge(BatchJudge.Settings.standard()).judge(past, constant(30, 100)))
                .isEmpty();
        assertThat(new BatchJudge(BatchJudge.Settings.standard()).judge(past, constant(30, 10)))
                .isNotEmpty();
    }

    private static BatchRecord constant(int day, long rows) {
        return new BatchRecord(
                START.plus(Duration.ofDays(day)).toString(),
                "k" + day,
                rows,
                List.of(new BatchMetric("rows", Optional.empty(), BatchMetric.Kind.COUNT, rows, rows, 0)),
                List.of(),
                false);
    }
}
