package tatara.data.schema;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableShape;
import tatara.core.evidence.TableShape.ColumnShape;
import tatara.core.evidence.TableShape.Distribution;
import tatara.core.evidence.TableShape.Pairing;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.Lake;

/**
 * Compares a batch with a reference (D2, D6): missing shares (two proportions), distributions (Kolmogorov-Smirnov on stored quantiles, chi-square on
 * texts), how columns tell of each other (Fisher's z), freshness, and the number of rows. A difference counts if it is larger than a floor and
 * its chance passes Benjamini and Hochberg's step-up at a false discovery rate of {@value #RATE} over all tests of the table; so small batches
 * do not alarm by noise and large ones not by trifles. Deterministic, thread-safe.
 */
public final class BatchChecks {
    /** Share of false ones among the differences found, in expectation. */
    public static final double RATE = 0.001;

    private static final double DISTANCE = 0.04;
    private static final double MISSING = 0.01;
    private static final double CORRELATION = 0.04;
    private static final double FEW_ROWS = 0.6;
    private static final double UNSEEN = 1e-5;

    private final Lake lake;

    public BatchChecks(Lake lake) {
        this.lake = lake;
    }

    /**
     * One comparison.
     *
     * @param id such as {@code age.distribution}
     * @param value what was measured: a difference of shares, a distance in [0, 1], a ratio
     * @param limit the floor from which it counts
     * @param chance that the difference is by chance, in [0, 1]; 0 where no test is made
     * @param message for people
     */
    public record Comparison(
            String id,
            List<String> columns,
            boolean passed,
            double value,
            double limit,
            double chance,
            String message) {}

    /**
     * @param reference shape of rows that were good
     * @param readings how cells are read
     * @param earlierRows row counts of earlier batches, empty if unknown
     */
    public List<Comparison> compare(
            TableShape reference, TableRef batch, List<CellReading> readings, List<Long> earlierRows) {
        RowSample sample = RowSample.of(lake, batch, readings);
        List<Comparison> found = new ArrayList<>();
        for (ColumnShape shape : reference.columns()) {
            sample.find(shape.column()).ifPresent(column -> {
                missing(shape, column, found);
                distributions(shape, column, found);
                values(shape, column, found);
            });
        }
        for (Pairing pairing : reference.pairings()) {
            pairing(reference, pairing, sample, found);
        }
        List<Comparison> judged = new ArrayList<>(judge(found));
        for (ColumnShape shape : reference.columns()) {
            if (shape.type() == ColumnType.TIME) {
                sample.find(shape.column())
                        .flatMap(column -> freshness(shape, column))
                        .ifPresent(judged::add);
            }
        }
        volume(batch.rows(), earlierRows).ifPresent(judged::add);
        return judged;
    }

    /** Benjamini and Hochberg: the largest k whose k-th smallest chance is at most k/tests of the rate. */
    private static List<Comparison> judge(List<Comparison> found) {
        double[] chances =
                found.stream().mapToDouble(Comparison::chance).sorted().toArray();
        double bar = 0;
        for (int i = 0; i < chances.length; i++) {
            if (chances[i] <= RATE * (i + 1) / chances.length) {
                bar = chances[i];
            }
        }
        double limit = bar;
        boolean any = chances.length > 0 && chances[0] <= RATE / chances.length;
        return found.stream()
                .map(one -> new Comparison(
                        one.id(),
                        one.columns(),
                        !(any && one.chance() <= limit && one.value() > one.limit()),
                        one.value(),
                        one.limit(),
                        one.chance(),
                        one.message()))
                .toList();
    }

    private static void missing(ColumnShape shape, SampledColumn column, List<Comparison> found) {
        double before = shape.present() + shape.missing();
        double now = column.size();
        if (before == 0 || now == 0) {
            return;
        }
        double value = Math.abs(shape.missing() / before - column.missing() / now);
        found.add(new Comparison(
                shape.column() + ".missing-share",
                List.of(shape.column()),
                true,
                value,
                MISSING,
                Chances.proportions((double) shape.missing(), before, (double) column.missing(), now),
                percent(column.missing() / now) + " of the values are missing, " + percent(shape.missing() / before)
                        + " before"));
    }

    private static void distributions(ColumnShape shape, SampledColumn column, List<Comparison> found) {
        Map<String, double[]> measures = Distributions.measures(column);
        for (Distribution reference : shape.distributions()) {
            double[] sorted = measures.getOrDefault(reference.measure(), new double[0]);
            if (sorted.length == 0 || shape.present() == 0) {
                continue;
            }
            double distance = Distributions.distance(reference, sorted);
            String what = reference.measure().equals(Distributions.VALUE) ? "" : "." + reference.measure();
            found.add(new Comparison(
                    shape.column() + ".distribution" + what,
                    List.of(shape.column()),
                    true,
                    distance,
                    DISTANCE,
                    Chances.kolmogorov(distance, (double) shape.present(), sorted.length),
                    (what.isEmpty() ? "the values are" : "the texts' " + reference.measure() + " is")
                            + " distributed otherwise than before (distance " + round(distance) + ")"));
        }
    }

    private static void values(ColumnShape shape, SampledColumn column, List<Comparison> found) {
        if ((shape.values().size() < 2 && shape.distinct() > 1)
                || shape.values().isEmpty()
                || column.isNumeric()) {
            return;
        }
        Map<String, Double> now = new HashMap<>();
        long[] counts = column.counts();
        for (int code = 0; code < counts.length; code++) {
            now.put(column.dictionary()[code], (double) counts[code]);
        }
        double total = Arrays.stream(counts).sum();
        double before = shape.present();
        if (total == 0 || before == 0) {
            return;
        }
        double statistic = 0;
        double variation = 0;
        double degrees = -1;
        double pooledBefore = 0;
        double pooledNow = total;
        for (ValueCount value : shape.values()) {
            double count = now.getOrDefault(value.value(), 0.0);
            pooledNow -= count;
            boolean rare = (value.count() + count) * Math.min(total, before) / (total + before) < 5;
            if (rare) {
                pooledBefore += value.count();
                pooledNow += count;
                continue;
            }
            statistic += cell((double) value.count(), before, count, total);
            variation += Math.abs(value.count() / before - count / total) / 2;
            degrees++;
        }
        if (pooledBefore + pooledNow > 0) {
            statistic += cell(pooledBefore, before, pooledNow, total);
            variation += Math.abs(pooledBefore / before - pooledNow / total) / 2;
            degrees++;
        }
        found.add(new Comparison(
                shape.column() + ".shares",
                List.of(shape.column()),
                true,
                variation,
                DISTANCE,
                Chances.chiSquare(statistic, degrees),
                "the values have other shares than before (distance " + round(variation) + ")"));
    }

    private static double cell(double before, double beforeTotal, double now, double total) {
        double all = before + now;
        double expectedBefore = all * beforeTotal / (beforeTotal + total);
        double expectedNow = all - expectedBefore;
        return all == 0
                ? 0
                : (before - expectedBefore) * (before - expectedBefore) / expectedBefore
                        + (now - expectedNow) * (now - expectedNow) / expectedNow;
    }

    private static void pairing(TableShape reference, Pairing pairing, RowSample sample, List<Comparison> found) {
        Optional<double[]> again = Pairs.again(pairing, reference, sample);
        if (again.isEmpty() || again.get()[1] < 20) {
            return;
        }
        double now = again.get()[0];
        double loss = pairing.correlation() - now;
        found.add(new Comparison(
                pairing.from() + "-" + pairing.to() + ".pairing",
                List.of(pairing.from(), pairing.to()),
                true,
                loss,
                CORRELATION,
                loss <= 0
                        ? 1
                        : Chances.correlations(pairing.correlation(), (double) pairing.rows(), now, again.get()[1]),
                pairing.from() + " tells less of " + pairing.to() + " than before: correlation " + round(now)
                        + ", before " + round(pairing.correlation())));
    }

    /** A batch without any row from the newest part of the reference, which a batch of this size would have, is old. */
    private static Optional<Comparison> freshness(ColumnShape shape, SampledColumn column) {
        double[] sorted = column.sorted();
        Optional<Distribution> reference = shape.distributions().stream()
                .filter(one -> one.measure().equals(Distributions.VALUE))
                .findFirst();
        if (sorted.length == 0 || reference.isEmpty()) {
            return Optional.empty();
        }
        double part = Math.max(-Math.log(UNSEEN) / sorted.length, 0.01);
        if (part >= 0.9) {
            return Optional.empty();
        }
        double expected = Distributions.quantile(reference.get(), 1 - part);
        double newest = sorted[sorted.length - 1] / 1e6;
        return Optional.of(new Comparison(
                shape.column() + ".freshness",
                List.of(shape.column()),
                newest >= expected,
                Math.max(0, expected - newest),
                0,
                0,
                "the newest row is of " + Instant.ofEpochSecond((long) Math.floor(newest)) + ", rows after "
                        + Instant.ofEpochSecond((long) Math.floor(expected)) + " were expected"));
    }

    private static Optional<Comparison> volume(long rows, List<Long> earlier) {
        OptionalDouble usual = median(earlier);
        if (usual.isEmpty() || usual.getAsDouble() == 0) {
            return Optional.empty();
        }
        double spread = earlier.stream()
                .sorted(Comparator.naturalOrder())
                .mapToDouble(count -> Math.abs(Math.log(Math.max(1, count) / usual.getAsDouble())))
                .max()
                .orElse(0);
        double least = Math.min(FEW_ROWS, Math.exp(-2 * spread));
        double ratio = rows / usual.getAsDouble();
        boolean passed = ratio >= least && ratio <= 1 / least;
        return Optional.of(new Comparison(
                "rows",
                List.of(),
                passed,
                ratio,
                least,
                0,
                rows + " rows, " + Math.round(usual.getAsDouble()) + " in earlier batches"));
    }

    private static OptionalDouble median(List<Long> counts) {
        List<Long> sorted = counts.stream().sorted().toList();
        int size = sorted.size();
        return size == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
