package tatara.specialists;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tatara.core.error.Problem;

/** Collects the problems of one document. Not thread-safe. */
final class Findings {
    private final String document;
    private final List<Problem> problems;

    Findings(String document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    void add(String path, String message) {
        problems.add(new Problem(document, 0, path, message));
    }

    void unless(boolean holds, String path, String message) {
        if (!holds) {
            add(path, message);
        }
    }

    void distinct(List<String> names, String path, String member) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String place = path + "[" + i + "]" + (member.isEmpty() ? "" : "." + member);
            unless(seen.add(names.get(i)), place, shown(names.get(i)) + " stands there twice");
        }
    }

    void atLeast(double value, double least, String path) {
        unless(
                value >= least,
                path,
                "value: " + Figures.number(value) + " (expected: at least " + Figures.number(least) + ")");
    }

    void atLeast(long value, long least, String path) {
        unless(value >= least, path, "value: " + value + " (expected: at least " + least + ")");
    }

    void share(double value, String path) {
        unless(value >= 0 && value <= 1, path, "value: " + Figures.number(value) + " (expected: a share from 0 to 1)");
    }

    /** Says which names there are, if there are few. */
    static String among(Collection<String> names) {
        return names.isEmpty() ? "there is none" : "expected: one of " + Figures.names(List.copyOf(names));
    }

    static String shown(String name) {
        return "\"" + Figures.name(name) + "\"";
    }
}
