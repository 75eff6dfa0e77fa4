package tatara.data.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableShape;
import tatara.core.evidence.TableShape.ColumnShape;
import tatara.core.evidence.TableShape.Distribution;
import tatara.core.evidence.ValueCount;
import tatara.data.schema.SchemaChange.Compatibility;
import tatara.data.schema.SchemaChange.Kind;

/** Compares a table's columns with those recorded (D2). Deterministic. */
public final class SchemaEvolution {
    private static final double ALIKE_NAMES = 0.5;
    private static final double ALIKE_VALUES = 0.8;

    private SchemaEvolution() {}

    /**
     * Changes in the order of the recorded columns, then added ones.
     *
     * @param before columns as recorded
     * @param known shape as recorded, if it is known
     * @param after columns as found
     * @param found shape as found
     */
    public static List<SchemaChange> compare(
            List<CellReading> before, Optional<TableShape> known, List<CellReading> after, TableShape found) {
        List<String> old = before.stream().map(CellReading::column).toList();
        List<String> now = after.stream().map(CellReading::column).toList();
        Set<String> added = new HashSet<>(now);
        old.forEach(added::remove);
        List<SchemaChange> changes = new ArrayList<>();
        for (CellReading reading : before) {
            Optional<CellReading> same = after.stream()
                    .filter(one -> one.column().equals(reading.column()))
                    .findFirst();
            if (same.isPresent()) {
                type(reading, same.get()).ifPresent(changes::add);
            } else {
                changes.add(gone(reading, known, after, found, added));
            }
        }
        for (CellReading reading : after) {
            if (added.contains(reading.column())) {
                boolean needed = found.find(reading.column())
                        .filter(shape -> shape.missing() == 0)
                        .isPresent();
                changes.add(new SchemaChange(
                        needed ? Kind.ADDED_NEEDED : Kind.ADDED,
                        reading.column(),
                        word(reading.type()) + (needed ? ", always there" : "")));
            }
        }
        List<String> both = old.stream().filter(now::contains).toList();
        if (!both.equals(now.stream().filter(old::contains).toList())) {
            changes.add(new SchemaChange(Kind.REORDERED, "", String.join(", ", now)));
        }
        return changes;
    }

    /** What all changes together leave. */
    public static Compatibility compatibility(List<SchemaChange> changes) {
        return changes.stream()
                .map(change -> change.kind().compatibility())
                .reduce(Compatibility.FULL, Compatibility::and);
    }

    private static String word(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<SchemaChange> type(CellReading before, CellReading after) {
        ColumnType from = before.type();
        ColumnType to = after.type();
        String detail = word(from) + " before, " + word(to) + " now";
        if (from == to || to == ColumnType.EMPTY || from == ColumnType.EMPTY) {
            return Optional.empty();
        }
        if (isText(from) && isText(to)) {
            return Optional.empty();
        }
        boolean widened = (from == ColumnType.INTEGER && to == ColumnType.NUMBER) || isText(to);
        boolean narrowed = (from == ColumnType.NUMBER && to == ColumnType.INTEGER) || isText(from);
        boolean broken = isText(to) && from != ColumnType.BOOLEAN;
        Kind kind = broken ? Kind.TYPE_BROKEN : widened ? Kind.WIDENED : narrowed ? Kind.NARROWED : Kind.TYPE_BROKEN;
        return Optional.of(new SchemaChange(kind, before.column(), detail));
    }

    private static boolean isText(ColumnType type) {
        return type == ColumnType.TEXT || type == ColumnType.CATEGORY || type == ColumnType.IDENTIFIER;
    }

    private static SchemaChange gone(
            CellReading reading,
            Optional<TableShape> known,
            List<CellReading> after,
            TableShape found,
            Set<String> added) {
        Optional<ColumnShape> shape = known.flatMap(one -> one.find(reading.column()));
        Optional<String> renamed = after.stream()
                .filter(one -> added.contains(one.column()) && alikeTypes(reading.type(), one.type()))
                .map(CellReading::column)
                .filter(name -> {
                    double values = shape.flatMap(one -> found.find(name).map(other -> alike(one, other)))
                            .orElse(0.0);
                    double names = alike(reading.column(), name);
                    return values >= ALIKE_VALUES && names >= ALIKE_NAMES;
                })
                .max((a, b) -> Double.compare(alike(reading.column(), a), alike(reading.column(), b)));
        if (renamed.isPresent()) {
            added.remove(renamed.get());
            return new SchemaChange(Kind.RENAMED, reading.column(), "is called " + renamed.get() + " now");
        }
        boolean optional = shape.filter(one -> one.missing() > 0).isPresent();
        return new SchemaChange(
                optional ? Kind.REMOVED_OPTIONAL : Kind.REMOVED, reading.column(), word(reading.type()));
    }

    private static boolean alikeTypes(ColumnType one, ColumnType other) {
        return one == other || (isText(one) && isText(other)) || (isNumber(one) && isNumber(other));
    }

    private static boolean isNumber(ColumnType type) {
        return type == ColumnType.NUMBER || type == ColumnType.INTEGER;
    }

    /** How alike two columns' values are, in [0, 1]. */
    private static double alike(ColumnShape one, ColumnShape other) {
        if (!one.values().isEmpty() && !other.values().isEmpty() && isText(one.type())) {
            double both = 0;
            for (ValueCount value : one.values()) {
                double there = other.values().stream()
                        .filter(candidate -> candidate.value().equals(value.value()))
                        .mapToDouble(ValueCount::count)
                        .sum();
                both += Math.min(
                        value.count() / (double) Math.max(1, one.present()), there / Math.max(1, other.present()));
            }
            return both;
        }
        if (one.distributions().isEmpty() || other.distributions().isEmpty()) {
            return 0;
        }
        Distribution first = one.distributions().get(0);
        Distribution second = other.distributions().get(0);
        double distance = 0;
        for (int i = 0; i < first.points().length; i++) {
            double below = 0;
            for (int j = 0; j < second.points().length && second.points()[j] <= first.points()[i]; j++) {
                below = second.below()[j];
            }
            distance = Math.max(distance, Math.abs(first.below()[i] - below));
        }
        return 1 - distance;
    }

    /** One less the edits that make one name of the other, by the longer length; 0.6 at least if one is a part of the other. */
    private static double alike(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        String b = other.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        int longest = Math.max(a.length(), b.length());
        if (longest == 0) {
            return 0;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), change);
                diagonal = above;
            }
        }
        boolean inside = Math.min(a.length(), b.length()) >= 3 && (a.contains(b) || b.contains(a));
        return Math.max(inside ? 0.6 : 0, 1 - (double) row[b.length()] / longest);
    }
}
