package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Reading;
import tatara.core.spec.Task;
import tatara.specialists.words.Words;

/** Finds the column that orders the rows, and the column that names the thing a row is about. */
final class RoleReader {
    private static final Set<String> NOT_ORDER = Set.of(
            "birth",
            "birthday",
            "birthdate",
            "dob",
            "born",
            "expiry",
            "expir",
            "expire",
            "due",
            "end",
            "until",
            "last",
            "close",
            "closed",
            "finish",
            "deliver",
            "dropoff",
            "return",
            "生年月日",
            "誕生日",
            "期限");
    private static final Set<String> ORDER_NAMES = Set.of(
            "date",
            "time",
            "timestamp",
            "datetime",
            "ds",
            "day",
            "at",
            "pickup",
            "start",
            "begin",
            "event",
            "month",
            "week",
            "日付",
            "日時",
            "年月",
            "datum",
            "fecha");
    /** Times that say since when something is, not when the row was true. */
    private static final Set<String> SINCE_NAMES = Set.of(
            "signup",
            "sign",
            "join",
            "joined",
            "hire",
            "hired",
            "since",
            "registered",
            "registration",
            "opened",
            "built",
            "入会",
            "登録");

    private static final Set<String> STEP_NAMES =
            Set.of("step", "period", "year", "month", "week", "day", "t", "time", "index", "年", "月");
    private static final Set<String> ID_NAMES =
            Set.of("id", "uuid", "guid", "key", "code", "number", "no", "番号", "コード");

    private final Sentence sentence;
    private final TableProfile table;
    private final Optional<String> target;

    RoleReader(Sentence sentence, TableProfile table, Optional<String> target) {
        this.sentence = sentence;
        this.table = table;
        this.target = target;
    }

    /** The column of time, without an option: empty if no column says when a row's fact happened. */
    Optional<Reading> time() {
        if (WideSeries.is(table)) {
            String order = WideSeries.order(table);
            return Optional.of(new Reading("time", order, List.of("it orders the steps of each series"), List.of()));
        }
        List<String> rejected = new ArrayList<>();
        List<ColumnProfile> times = new ArrayList<>();
        for (ColumnProfile column : columns(ColumnType.TIME)) {
            if (Words.stems(column.name()).stream().anyMatch(NOT_ORDER::contains)) {
                rejected.add(column.name()
                        + ": by its name it says when something ends or was born, not when the row happened");
            } else {
                times.add(column);
            }
        }
        times.sort(Comparator.comparingDouble(this::order).reversed());
        if (times.isEmpty()) {
            return rejected.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Reading("time", "", List.of("no column says when a row happened"), rejected));
        }
        times.subList(1, times.size())
                .forEach(other -> rejected.add(other.name() + ": another time, less complete or less clear"));
        ColumnProfile best = times.get(0);
        return Optional.of(new Reading("time", best.name(), List.of("it holds times: " + best.why()), rejected));
    }

    private double order(ColumnProfile column) {
        List<String> words = Words.of(column.name());
        boolean named = words.stream().anyMatch(ORDER_NAMES::contains);
        boolean since = words.stream().anyMatch(SINCE_NAMES::contains);
        double spoken = Math.min(1, ColumnMatch.ofName(sentence, column.name()).score());
        return (named ? 1 : 0) - (since ? 0.5 : 0) + spoken - 2 * column.missingShare();
    }

    /** For forecasts without a column of time: whole numbers that count steps, such as a year. */
    Optional<Reading> steps() {
        return columns(ColumnType.INTEGER).stream()
                .filter(column -> column.missing() == 0 && column.distinct() >= 8)
                .filter(column -> Words.of(column.name()).stream().anyMatch(STEP_NAMES::contains))
                .filter(column -> column.distinct() == table.rows()
                        || series(column.distinct()).isPresent())
                .findFirst()
                .map(column ->
                        new Reading("time", column.name(), List.of("its whole numbers count the steps"), List.of()));
    }

    /** Without an option: for forecasts the column that names the series, otherwise the column that names the thing. */
    Optional<Reading> entity(Task task, Optional<String> time) {
        if (WideSeries.is(table)) {
            return WideSeries.series(table)
                    .map(column -> new Reading(
                            "entity", column.name(), List.of("it names the series of each row"), List.of()));
        }
        if (task == Task.FORECAST) {
            Optional<ColumnProfile> clock = time.flatMap(table::find);
            return clock.filter(column -> column.distinct() < 0.98 * table.rows())
                    .flatMap(column -> series(column.distinct()));
        }
        return thing();
    }

    /** A column whose values times the steps make up the rows: each pair of both stands in one row. */
    private Optional<Reading> series(long steps) {
        double rows = table.rows();
        return table.columns().stream()
                .filter(column -> !target.equals(Optional.of(column.name())) && column.missing() == 0)
                .filter(column -> column.type() != ColumnType.TIME && column.type() != ColumnType.NUMBER)
                .filter(column -> column.distinct() > 1 && column.distinct() * (double) steps >= 0.999 * rows)
                .filter(column -> column.distinct() * (double) steps <= 2.5 * rows)
                .min(Comparator.comparingDouble(column -> column.distinct() * (double) steps / rows
                        - Math.min(
                                0.3, ColumnMatch.ofName(sentence, column.name()).score())))
                .map(column -> new Reading(
                        "entity",
                        column.name(),
                        List.of("its " + column.distinct() + " values and " + steps + " steps make up the "
                                + table.rows() + " rows"),
                        List.of()));
    }

    private Optional<Reading> thing() {
        List<ColumnProfile> ids = table.columns().stream()
                .filter(column -> !target.equals(Optional.of(column.name())))
                .filter(this::isId)
                .sorted(Comparator.comparingDouble(this::about).reversed())
                .toList();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        ColumnProfile best = ids.get(0);
        List<String> because =
                new ArrayList<>(ColumnMatch.ofName(sentence, best.name()).because());
        because.add(
                best.distinctShare() > 0.999
                        ? "it is different in every row"
                        : "it names " + best.distinct() + " things");
        List<String> rejected = ids.stream()
                .skip(1)
                .limit(3)
                .map(other -> other.name() + ": names something else")
                .toList();
        return Optional.of(new Reading("entity", best.name(), because, rejected));
    }

    private boolean isId(ColumnProfile column) {
        if (column.missingShare() > 0.01) {
            return false;
        }
        List<String> words = Words.of(column.name());
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        boolean named = ID_NAMES.contains(last) || (last.endsWith("id") && last.length() > 4);
        boolean unique = table.keys().contains(column.name());
        if (column.type() == ColumnType.IDENTIFIER) {
            return named || unique;
        }
        return column.type() == ColumnType.INTEGER && named && unique;
    }

    private double about(ColumnProfile column) {
        double named = Math.min(1, ColumnMatch.ofName(sentence, column.name()).score());
        double asTable =
                ColumnMatch.ofName(Sentence.of(table.name()), column.name()).score();
        boolean id = Words.of(column.name()).stream().anyMatch(word -> word.endsWith("id"));
        return named
                + 0.5 * Math.min(1, asTable)
                + (id ? 0.2 : 0)
                + (table.keys().contains(column.name()) ? 0.1 : 0);
    }

    private List<ColumnProfile> columns(ColumnType type) {
        return table.columns().stream()
                .filter(column -> column.type() == type && !target.equals(Optional.of(column.name())))
                .toList();
    }
}
