package tatara.data.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;

/** What the rows of a batch say about keys and times. */
final class Look {
    private static final Pattern NAMES_KEY = Pattern.compile(
            "(?i)(^|.*[_\\W])(id|uuid|guid|key|code|no|nr|number)$|.*[a-z](Id|ID|Key|Uuid|Code|No|Nr|Number)$");
    private static final Pattern NAMES_CHANGE = Pattern.compile("(?i).*(updat|modif|chang|last_?edit|mtime|revis).*");
    private static final Pattern NAMES_EVENT = Pattern.compile(
            "(?i).*(timestamp|event|logged|recorded|created|inserted|occurred|received|sent|time|date).*|ts|at|.*_(ts|at)|day");
    private static final Pattern NAMES_OTHER = Pattern.compile(
            "(?i).*(birth|born|dob|due|expir|until|deadline|valid|plan|sched|deliver|renew|end|next|target).*");
    private static final int ROWS_THAT_TELL = 50;
    private static final double MOSTLY = 0.9;
    private static final double ASCENDING = 0.95;

    private final Engine engine;
    private final String rows;
    private final long count;

    /** @param rows SQL of a table expression with the columns under their plain names and {@code seq} */
    Look(Engine engine, String rows) {
        this.engine = engine;
        this.rows = rows;
        this.count = number("SELECT count(*) FROM " + rows);
    }

    /** A column chosen, and why. */
    record Chosen(String column, String reading, String why) {}

    private long number(String sql) {
        return engine.first(sql, row -> row.getLong(1)).orElse(0L);
    }

    /** The column that tells rows apart: without a gap, without a repetition, and named or placed like a key. */
    Optional<Chosen> key(List<Columns.Column> columns) {
        List<Columns.Column> unique = new ArrayList<>();
        for (Columns.Column column : columns) {
            boolean named = NAMES_KEY.matcher(column.name).matches();
            boolean placed = column == columns.get(0) && count >= ROWS_THAT_TELL;
            if ((named || placed) && column.type() != TableColumn.Type.DOUBLE && isKey(column)) {
                unique.add(column);
            }
        }
        return unique.stream()
                .filter(column -> NAMES_KEY.matcher(column.name).matches())
                .findFirst()
                .or(() -> unique.stream().findFirst())
                .map(column -> new Chosen(
                        column.name, "", "key " + column.name + ": all " + count + " values differ, none is missing"));
    }

    private boolean isKey(Columns.Column column) {
        String cell = column.plain;
        String text = "CAST(" + cell + " AS VARCHAR)";
        return count > 1
                && engine.first(
                                "SELECT count(" + cell + ") = " + count + " AND count(DISTINCT " + cell + ") = " + count
                                        + " AND count(*) FILTER (contains(" + text + ", '.') AND TRY_CAST(" + text
                                        + " AS DOUBLE) IS NOT NULL) = 0 AND count("
                                        + Watermark.point(Watermark.TIME, cell)
                                        + ") < count(*) FROM " + rows,
                                row -> row.getBoolean(1))
                        .orElse(false);
    }

    /**
     * The time by which the rows grow.
     *
     * @param keyed whether rows are replaced by key: then only a time of change will do, since any other may be corrected backwards
     */
    Optional<Chosen> time(List<Columns.Column> columns, boolean keyed) {
        Optional<Chosen> change = first(columns, NAMES_CHANGE, keyed ? 0 : ASCENDING);
        return keyed || change.isPresent() ? change : first(columns, NAMES_EVENT, ASCENDING);
    }

    private Optional<Chosen> first(List<Columns.Column> columns, Pattern names, double ascending) {
        for (Columns.Column column : columns) {
            if (!names.matcher(column.name).matches()
                    || NAMES_OTHER.matcher(column.name).matches()) {
                continue;
            }
            List<String> readings = readings(column, 1);
            if (readings.size() == 1 && !readings.get(0).equals(Watermark.NUMBER)) {
                double share = ascending(Watermark.point(readings.get(0), column.plain));
                if (share >= ascending) {
                    return Optional.of(new Chosen(
                            column.name,
                            readings.get(0),
                            "watermark " + column.name + ": a time in every row"
                                    + (ascending > 0
                                            ? ", and rows come in its order"
                                            : " that names its last change")));
                }
            }
        }
        return Optional.empty();
    }

    private double ascending(String point) {
        return engine.first(
                        "SELECT avg(CASE WHEN p >= before THEN 1.0 ELSE 0.0 END) FROM (SELECT p, lag(p) OVER (ORDER BY seq)"
                                + " AS before FROM (SELECT " + point + " AS p, seq FROM " + rows
                                + ")) WHERE before IS NOT NULL",
                        row -> row.getDouble(1))
                .orElse(0.0);
    }

    /** How the user's watermark column is read. */
    String reading(Columns.Column column) {
        List<String> readings = readings(column, MOSTLY);
        if (readings.size() == 1) {
            return readings.get(0);
        }
        throw new TataraException(
                LoadErrorCode.WATERMARK_UNREADABLE,
                Fault.of("--watermark " + column.name + ": "
                                + (readings.isEmpty()
                                        ? "its values are neither times nor numbers"
                                        : "its values can be read as " + String.join(" and as ", readings)))
                        .expecting("times, best as ISO 8601, or numbers that grow")
                        .todo("Choose another column, or write the times as yyyy-mm-dd"));
    }

    /** The readings that fit most of the values there are: more than one only if day and month cannot be told apart. */
    private List<String> readings(Columns.Column column, double share) {
        String cell = column.plain;
        if (column.type() != TableColumn.Type.TIMESTAMP) {
            double numbers = fitting(Watermark.NUMBER, cell);
            if (numbers >= share) {
                return List.of(epoch(column).orElse(Watermark.NUMBER));
            }
        }
        if (fitting(Watermark.TIME, cell) >= share) {
            return List.of(Watermark.TIME);
        }
        double best = 0;
        List<String> fit = new ArrayList<>();
        for (String pattern : Watermark.PATTERNS) {
            double fitting = fitting(pattern, cell);
            if (fitting >= share && fitting > best) {
                fit.clear();
            }
            if (fitting >= share && fitting >= best) {
                fit.add(pattern);
                best = fitting;
            }
        }
        return fit;
    }

    /** Numbers that are times since 1970: the name says time, and all lie between 1990 and 2100. */
    private Optional<String> epoch(Columns.Column column) {
        if (!NAMES_EVENT.matcher(column.name).matches()
                && !NAMES_CHANGE.matcher(column.name).matches()) {
            return Optional.empty();
        }
        double least = extreme("min", column.plain);
        double greatest = extreme("max", column.plain);
        for (String unit : List.of("seconds", "millis", "micros")) {
            double scale = unit.equals("seconds") ? 1 : unit.equals("millis") ? 1e3 : 1e6;
            if (least >= 631_152_000 * scale && greatest <= 4_102_444_800.0 * scale) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    private double extreme(String function, String cell) {
        return engine.first(
                        "SELECT coalesce(" + function + "(TRY_CAST(CAST(" + cell + " AS VARCHAR) AS DOUBLE)), 0) FROM "
                                + rows,
                        row -> row.getDouble(1))
                .orElse(0.0);
    }

    /** Share of the cells that a reading fits; with {@code share} 1 asked for, gaps count against it. */
    private double fitting(String reading, String cell) {
        return engine.first(
                        "SELECT CASE WHEN count(*) = 0 THEN 0 ELSE count(" + Watermark.point(reading, cell)
                                + ") / count(*)::DOUBLE END FROM " + rows,
                        row -> row.getDouble(1))
                .orElse(0.0);
    }
}
