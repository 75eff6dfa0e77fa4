package tatara.data.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.evidence.CandidateKey;
import tatara.core.evidence.Dependency;
import tatara.core.evidence.TableProfile;
import tatara.data.lake.TableColumn;
import tatara.data.profile.LongForm.Target;

/** Measures on all rows what some rows suggested. */
final class Confirmation {
    private static final int MOST_KEYS = 5;
    private static final int MOST_DEPENDENCIES = 10;
    private static final int MOST_LARGE = 2;
    private static final long FEW_GROUPS = 20_000;
    private static final long GLANCE = 20_000;
    private static final double MOST_ERROR = 0.05;

    private final RawTable raw;
    private final TableProfile profile;
    private final Map<String, Target> targets = new LinkedHashMap<>();

    Confirmation(RawTable raw, TableProfile profile) {
        this.raw = raw;
        this.profile = profile;
        Set<Integer> padded = padded();
        for (RawColumn column : raw.columns()) {
            targets.put(
                    column.name(),
                    new Target(
                            column,
                            Reading.of(profile.columns().get(column.index())),
                            padded.contains(column.index())));
        }
    }

    /** Text columns that have cells with white space around them, as far as some rows tell. */
    private Set<Integer> padded() {
        List<RawColumn> texts = raw.columns().stream()
                .filter(column -> column.stored() == TableColumn.Type.VARCHAR)
                .toList();
        Set<Integer> padded = new HashSet<>();
        if (!texts.isEmpty()) {
            String counts = texts.stream()
                    .map(column ->
                            "count(CASE WHEN " + CellSql.trimmed(column.sql()) + " <> " + column.sql() + " THEN 1 END)")
                    .collect(Collectors.joining(", "));
            raw.engine().query("SELECT " + counts + " FROM " + raw.sampled(GLANCE), row -> {
                for (int i = 0; i < texts.size(); i++) {
                    if (row.getLong(i + 1) > 0) {
                        padded.add(texts.get(i).index());
                    }
                }
                return true;
            });
        }
        return padded;
    }

    /** Those that hold; what was not tried, for their number or because one column suffices, is left as it was. */
    List<CandidateKey> keys(List<CandidateKey> suggested) {
        List<CandidateKey> held = new ArrayList<>();
        int tried = profile.keys().isEmpty() ? 0 : MOST_KEYS;
        for (CandidateKey key : suggested) {
            if (key.exact() || tried == MOST_KEYS) {
                held.add(key);
                continue;
            }
            tried++;
            if (isUnique(key.columns())) {
                held.add(new CandidateKey(key.columns(), true, key.repeats()));
            }
        }
        return List.copyOf(held);
    }

    private boolean isUnique(List<String> columns) {
        List<Target> chosen = columns.stream().map(this::target).toList();
        String names =
                chosen.stream().map(target -> "t" + target.column().index()).collect(Collectors.joining(", "));
        String sql = "SELECT count(*) FROM (SELECT 1 FROM (" + WideSql.present(chosen, raw.from()) + ") GROUP BY hash("
                + names + "))";
        return raw.engine().first(sql, row -> row.getLong(1)).orElse(0L) == raw.rows();
    }

    private Target target(String column) {
        Target target = targets.get(column);
        if (target == null) {
            throw new IllegalArgumentException("column: " + column);
        }
        return target;
    }

    List<Dependency> dependencies(List<Dependency> suggested) {
        List<Dependency> held = new ArrayList<>();
        int tried = 0;
        int large = 0;
        for (Dependency dependency : suggested) {
            boolean many = groups(dependency) > FEW_GROUPS;
            boolean tries = tried < MOST_DEPENDENCIES && (!many || large < MOST_LARGE);
            tried += tries ? 1 : 0;
            large += tries && many ? 1 : 0;
            Dependency measured = tries ? measured(dependency) : dependency;
            if (measured.error() <= MOST_ERROR) {
                held.add(measured);
            }
        }
        return List.copyOf(held);
    }

    /** About how many groups the determinants make. */
    private long groups(Dependency dependency) {
        double groups = 1;
        for (String column : dependency.determinants()) {
            groups *= (double)
                    profile.columns().get(target(column).column().index()).distinct();
        }
        return (long) Math.min(groups, (double) profile.rows());
    }

    private Dependency measured(Dependency suggested) {
        List<Target> chosen = new ArrayList<>();
        suggested.determinants().forEach(column -> chosen.add(target(column)));
        Target dependent = target(suggested.dependent());
        String by = chosen.stream()
                .map(target -> "t" + target.column().index())
                .collect(Collectors.joining(", ", "hash(", ")"));
        String present = chosen.stream()
                .map(target -> "t" + target.column().index() + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        chosen.add(dependent);
        String value = "t" + dependent.column().index();
        String sql = "SELECT sum(most), sum(n) FROM (SELECT max(n) AS most, sum(n) AS n FROM (SELECT " + by
                + " AS g, count(*) AS n FROM (" + WideSql.present(chosen, raw.from()) + ") WHERE " + present + " AND "
                + value + " IS NOT NULL GROUP BY g, hash(" + value + ")) GROUP BY g)";
        return raw.engine()
                .first(sql, row -> {
                    long rows = row.getLong(2);
                    double error = rows == 0 ? 1 : 1 - row.getDouble(1) / rows;
                    return new Dependency(
                            suggested.determinants(), suggested.dependent(), error, suggested.byChance(), rows, true);
                })
                .orElse(suggested);
    }
}
