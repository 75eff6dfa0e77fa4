package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.evidence.Suspect;

/**
 * Finds arithmetic between a numeric target and other columns: sums and differences (exact, or but for a few constants such as
 * fees), weighted sums, products and quotients. A column that merely goes along with the target is none: the relation must leave
 * (nearly) nothing.
 */
final class Sums {
    private static final int ROWS = 20_000;
    private static final int LEAST_ROWS = 50;
    private static final long CELLS = 4_000_000;
    private static final int COLUMNS = 400;
    private static final int PARTS = 8;
    private static final int FACTORS = 4;
    private static final int LEAST_VALUES = 5;
    private static final int MANY_VALUES = 50;
    private static final double EXACT = 0.98;
    private static final double FEW = 0.9;
    private static final double UNIT_FROM = 0.6;
    private static final double UNIT_TO = 1.4;
    private static final double GRAIN = 1e-6;
    private static final double LINEAR = 0.9999;
    private static final double MISSING = 0.5;
    private static final int RELATIONS = 3;

    private final String name;
    private final double[] target;
    private final List<String> names = new ArrayList<>();
    private final List<double[]> columns = new ArrayList<>();

    /** @param numeric columns that may be parts */
    Sums(TargetValues target, List<SampledColumn> numeric) {
        this.name = target.column().name();
        int step = Math.max(1, (int)
                Math.max(target.rows() / ROWS, (long) target.rows() * Math.min(COLUMNS, numeric.size()) / CELLS));
        this.target = every(target.column().numbers(), step);
        numeric.stream()
                .map(column -> new Candidate(column.name(), every(column.numbers(), step)))
                .filter(candidate -> missing(candidate.values()) <= MISSING * this.target.length)
                .sorted(Comparator.comparingDouble(candidate -> -similarity(candidate.values())))
                .limit(COLUMNS)
                .forEach(candidate -> {
                    names.add(candidate.name());
                    columns.add(candidate.values());
                });
    }

    private record Candidate(String name, double[] values) {}

    /** Columns with their signs or powers. */
    private record Relation(int[] parts, double[] weights, Remainder left) {}

    private static double[] every(double[] values, int step) {
        return IntStream.range(0, (values.length + step - 1) / step)
                .mapToDouble(i -> values[i * step])
                .toArray();
    }

    private static long missing(double[] values) {
        return Arrays.stream(values).filter(Double::isNaN).count();
    }

    private double similarity(double[] values) {
        double[] filled = filled(values);
        double[][] one = {filled};
        return LeastSquares.fit(one, target, new int[] {0}).explained();
    }

    private static double[] filled(double[] values) {
        double mean = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
        return Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? mean : value)
                .toArray();
    }

    List<Suspect> find() {
        List<Suspect> found = new ArrayList<>();
        Remainder whole = Remainder.of(target, grain(target));
        for (int i = 0; i < RELATIONS; i++) {
            if (target.length < LEAST_ROWS || whole.distinct() < LEAST_VALUES || columns.size() < 2) {
                return found;
            }
            List<Suspect> more =
                    sum(whole).or(() -> weighted()).or(this::product).orElse(List.of());
            if (more.isEmpty()) {
                return found;
            }
            found.addAll(more);
            more.forEach(suspect -> forget(suspect.column()));
        }
        return found;
    }

    private void forget(String column) {
        int at = names.indexOf(column);
        names.remove(at);
        columns.remove(at);
    }

    private static double grain(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
        return deviation > 0 ? GRAIN * deviation : 1;
    }

    private double[][] complete() {
        return columns.stream().map(Sums::filled).toArray(double[][]::new);
    }

    private Optional<List<Suspect>> sum(Remainder whole) {
        LeastSquares.Fit fit = LeastSquares.pursue(complete(), target, PARTS);
        List<Integer> parts = new ArrayList<>();
        List<Double> signs = new ArrayList<>();
        for (int i = 0; i < fit.chosen().length; i++) {
            double size = Math.abs(fit.coefficients()[i]);
            if (size > UNIT_FROM && size < UNIT_TO) {
                parts.add(fit.chosen()[i]);
                signs.add(Math.signum(fit.coefficients()[i]));
            }
        }
        if (parts.size() < 2) {
            return Optional.empty();
        }
        Relation relation = relation(parts, signs);
        boolean shrinking = true;
        while (shrinking && relation.parts().length > 2) {
            shrinking = false;
            for (int i = 0; i < relation.parts().length && !shrinking; i++) {
                Relation smaller = without(relation, i);
                if (smaller.left().bits() <= relation.left().bits() + 0.01) {
                    relation = smaller;
                    shrinking = true;
                }
            }
        }
        return isArithmetic(relation, whole) ? Optional.of(sumSuspects(relation)) : Optional.empty();
    }

    private Relation without(Relation relation, int left) {
        List<Integer> parts = new ArrayList<>();
        List<Double> signs = new ArrayList<>();
        for (int i = 0; i < relation.parts().length; i++) {
            if (i != left) {
                parts.add(relation.parts()[i]);
                signs.add(relation.weights()[i]);
            }
        }
        return relation(parts, signs);
    }

    private Relation relation(List<Integer> parts, List<Double> signs) {
        double[] rest = IntStream.range(0, target.length)
                .mapToDouble(row -> {
                    double value = target[row];
                    for (int i = 0; i < parts.size(); i++) {
                        value -= signs.get(i) * columns.get(parts.get(i))[row];
                    }
                    return value;
                })
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return new Relation(
                parts.stream().mapToInt(Integer::intValue).toArray(),
                signs.stream().mapToDouble(Double::doubleValue).toArray(),
                Remainder.of(rest, grain(target)));
    }

    /** Nothing is left, or a few constants that say far less than the target. */
    private static boolean isArithmetic(Relation relation, Remainder whole) {
        Remainder left = relation.left();
        if (left.commonest() >= EXACT) {
            return true;
        }
        return whole.distinct() >= MANY_VALUES
                && left.few() >= FEW
                && left.bits() <= whole.bits() / 2
                && left.variance() <= whole.variance() / 2;
    }

    /** Columns added are parts of the target, or contain it if others are taken off: those leak. */
    private List<Suspect> sumSuspects(Relation relation) {
        boolean all = Arrays.stream(relation.weights()).allMatch(sign -> sign < 0);
        String formula = IntStream.range(0, relation.parts().length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -relation.weights()[i]))
                .map(i -> (relation.weights()[i] > 0 ? "+ " : "\u2212 ") + names.get(relation.parts()[i]))
                .collect(Collectors.joining(" "));
        boolean exact = relation.left().commonest() >= EXACT;
        String why = name + " = " + (formula.startsWith("+ ") ? formula.substring(2) : formula)
                + (exact
                        ? " in " + percent(relation.left().commonest()) + " of the rows"
                        : " but for a few constants (20 of them cover "
                                + percent(relation.left().few()) + " of the rows)");
        return suspects(
                relation,
                i -> all || relation.weights()[i] > 0,
                exact ? "exact_share" : "few_constants_share",
                exact ? relation.left().commonest() : relation.left().few(),
                why);
    }

    private static String percent(double share) {
        return NumberReading.percent(Math.round(share * 10_000), 10_000);
    }

    private List<Suspect> suspects(Relation relation, IntPredicate exclude, String measure, double value, String why) {
        return IntStream.range(0, relation.parts().length)
                .mapToObj(i -> {
                    String column = names.get(relation.parts()[i]);
                    List<String> others = Arrays.stream(relation.parts())
                            .mapToObj(names::get)
                            .filter(other -> !other.equals(column))
                            .toList();
                    return new Suspect(
                            column, Suspect.Kind.PART_OF_TARGET, others, measure, value, why, exclude.test(i));
                })
                .toList();
    }

    private Optional<List<Suspect>> weighted() {
        double[][] complete = complete();
        LeastSquares.Fit fit = LeastSquares.pursue(complete, target, PARTS);
        double tolerance = grain(target) + 0.51 * resolution(target);
        if (!isExact(fit, complete, target, tolerance)) {
            return Optional.empty();
        }
        int[] chosen = fit.chosen();
        for (int i = 0; i < chosen.length && chosen.length > 2; i++) {
            int[] fewer = without(chosen, i);
            LeastSquares.Fit smaller = LeastSquares.fit(complete, target, fewer);
            if (isExact(smaller, complete, target, tolerance)) {
                chosen = fewer;
                fit = smaller;
                i = -1;
            }
        }
        if (chosen.length < 2) {
            return Optional.empty();
        }
        return Optional.of(greatestFirst(fit, complete, "a weighted sum of "));
    }

    private static int[] without(int[] chosen, int left) {
        return IntStream.range(0, chosen.length)
                .filter(i -> i != left)
                .map(i -> chosen[i])
                .toArray();
    }

    /** The part that contributes most is left out, which breaks the relation. */
    private List<Suspect> greatestFirst(LeastSquares.Fit fit, double[][] values, String what) {
        int greatest = 0;
        double most = -1;
        for (int i = 0; i < fit.chosen().length; i++) {
            double share = Math.abs(fit.coefficients()[i]) * grain(values[fit.chosen()[i]]);
            if (share > most) {
                most = share;
                greatest = i;
            }
        }
        String why = name + " is " + what
                + Arrays.stream(fit.chosen()).mapToObj(names::get).collect(Collectors.joining(", "))
                + " (R\u00B2 " + fit.explained() + ")";
        int chosen = greatest;
        Relation relation = new Relation(fit.chosen(), fit.coefficients(), new Remainder(0, 0, 0, 0, 0));
        return suspects(relation, i -> i == chosen, "r2", fit.explained(), why);
    }

    private static boolean isExact(LeastSquares.Fit fit, double[][] values, double[] target, double tolerance) {
        if (fit.explained() < LINEAR || fit.chosen().length == 0) {
            return false;
        }
        int near = 0;
        for (int row = 0; row < target.length; row++) {
            double rest = target[row] - fit.intercept();
            for (int i = 0; i < fit.chosen().length; i++) {
                rest -= fit.coefficients()[i] * values[fit.chosen()[i]][row];
            }
            near += Math.abs(rest) <= tolerance ? 1 : 0;
        }
        return near >= EXACT * target.length;
    }

    /** The last decimal place that all values use; 0 if there are more than six. */
    private static double resolution(double[] values) {
        double step = 1;
        for (int places = 0; places <= 6; places++) {
            double unit = step;
            if (Arrays.stream(values).allMatch(value -> Math.abs(value / unit - Math.rint(value / unit)) < GRAIN)) {
                return unit;
            }
            step /= 10;
        }
        return 0;
    }

    private Optional<List<Suspect>> product() {
        int[] rows =
                IntStream.range(0, target.length).filter(row -> target[row] > 0).toArray();
        if (rows.length < 0.95 * target.length) {
            return Optional.empty();
        }
        double[] logs =
                Arrays.stream(rows).mapToDouble(row -> Math.log(target[row])).toArray();
        List<Integer> positive = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            double[] column = columns.get(j);
            if (Arrays.stream(rows).allMatch(row -> column[row] > 0)) {
                positive.add(j);
                values.add(Arrays.stream(rows)
                        .mapToDouble(row -> Math.log(column[row]))
                        .toArray());
            }
        }
        double[][] matrix = values.toArray(double[][]::new);
        return powers(matrix, logs).map(fit -> {
            double[][] all = new double[columns.size()][];
            for (int i = 0; i < positive.size(); i++) {
                all[positive.get(i)] = matrix[i];
            }
            int[] chosen = Arrays.stream(fit.chosen()).map(positive::get).toArray();
            return greatestFirst(
                    new LeastSquares.Fit(chosen, fit.coefficients(), fit.intercept(), fit.explained()),
                    all,
                    "a product (or quotient) of ");
        });
    }

    /** An exact fit of logarithms with whole powers. */
    private Optional<LeastSquares.Fit> powers(double[][] matrix, double[] logs) {
        LeastSquares.Fit fit = LeastSquares.pursue(matrix, logs, FACTORS);
        int[] powers = IntStream.range(0, fit.chosen().length)
                .filter(i -> Math.abs(Math.rint(fit.coefficients()[i])) >= 1)
                .map(i -> fit.chosen()[i])
                .toArray();
        if (powers.length < 2) {
            return Optional.empty();
        }
        LeastSquares.Fit small = LeastSquares.fit(matrix, logs, powers);
        boolean whole =
                Arrays.stream(small.coefficients()).allMatch(power -> Math.abs(power - Math.rint(power)) < 0.01);
        double tolerance = GRAIN + 0.51 * resolution(target) / median(target);
        boolean exact = whole && tolerance <= 0.01 && isExact(small, matrix, logs, tolerance);
        return exact ? Optional.of(small) : Optional.empty();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
