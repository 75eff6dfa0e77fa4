package tatara.train.learner;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** A candidate's parameters, checked against the names that its learner knows. */
final class Parameters {
    private final Map<String, Double> values;

    /** @throws TataraException with {@code UNKNOWN_PARAMETER} for a name the learner does not know or a value not finite */
    Parameters(String candidate, Map<String, Double> values, Set<String> known) {
        this.values = new TreeMap<>(values);
        this.values.forEach((name, value) -> {
            if (!known.contains(name) || !Double.isFinite(value)) {
                throw new TataraException(
                        TrainErrorCode.UNKNOWN_PARAMETER,
                        Fault.of("parameter " + name + " = " + value)
                                .at("candidate " + candidate)
                                .expecting("finite values of " + String.join(", ", new java.util.TreeSet<>(known)))
                                .todo("Mend spec.candidates in 2-ml-engineer.yaml"));
            }
        });
    }

    double number(String name, double otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int integer(String name, int otherwise) {
        return (int) Math.round(values.getOrDefault(name, (double) otherwise));
    }

    boolean flag(String name) {
        return values.getOrDefault(name, 0.0) != 0;
    }

    /** A value as native libraries read it: whole numbers without a fraction. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    Map<String, Double> values() {
        return values;
    }
}
