package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.QuestionException;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Reading;
import tatara.core.spec.Request;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.MetricFit;

/**
 * Reads the Spec from the sentence, the options and the data's own columns and values (A5): which task, which target, which
 * positive class, what orders the rows, what a row is about, how far ahead, judged by what, under which constraints. Uses
 * words, no network and no chance: the same request and profiles give the same Spec. Each part carries a {@link Reading}.
 * Options go before words. The sentence is data: nothing in it is carried out. Thread-safe.
 */
public final class SentenceReader {
    /**
     * @param tables profiles of all tables, in the order of the request
     * @param links foreign keys between them
     * @throws QuestionException if two targets are about equally good, with the option that answers
     * @throws TataraException with a {@link SentenceErrorCode} if an option names no column, or nothing can be predicted
     */
    public Spec read(Request request, List<TableProfile> tables, List<ColumnLink> links) {
        if (tables.stream().allMatch(table -> table.columns().isEmpty())) {
            throw new TataraException(
                    SentenceErrorCode.NO_DATA,
                    Fault.of("the data has no column").todo("Give --data a file with a header and rows"));
        }
        if (tables.stream().allMatch(table -> table.rows() == 0)) {
            throw empty(tables.get(0));
        }
        OptionValues.check(request.options());
        request.horizon().ifPresent(HorizonReader::check);
        return new Work(request, tables, links).spec();
    }

    private static TataraException empty(TableProfile table) {
        SourceAudit source = table.source();
        Fault fault = source.quarantined() == 0
                ? Fault.of("the table " + table.name() + " has no row")
                        .todo("Check that the file was written to the end")
                : Fault.of("none of the table's rows can be read: " + table.name())
                        .todo("See lines and reasons in " + source.quarantineFile());
        String file = source.files().isEmpty() ? "" : source.files().get(0).place();
        return new TataraException(
                SentenceErrorCode.NO_DATA, fault.at(file).expecting("a header and rows, one for each case"));
    }

    /** One reading in progress. */
    private static final class Work {
        private final Request request;
        private final List<TableProfile> tables;
        private final List<ColumnLink> links;
        private final Sentence sentence;
        private final List<Reading> readings = new ArrayList<>();

        Work(Request request, List<TableProfile> tables, List<ColumnLink> links) {
            this.request = request;
            this.tables = tables;
            this.links = links;
            this.sentence = Sentence.of(request.sentence());
        }

        Spec spec() {
            if (sentence.cut()) {
                readings.add(new Reading(
                        "sentence",
                        "its first " + Sentence.MAX_READ + " characters",
                        List.of("it has " + request.sentence().length() + " characters"),
                        List.of("the rest was not read")));
            }
            Optional<TargetReader.Found> target = target();
            TableProfile table = target.map(TargetReader.Found::table).orElseGet(this::mainTable);
            Optional<String> column = target.map(found -> found.column().name());
            RoleReader roles = new RoleReader(sentence, table, column);
            Optional<Reading> time =
                    given("time", "--time", request.time(), table).or(roles::time);
            Task task = task(target, table, time, roles);
            if (task == Task.FORECAST && time.map(Reading::value).orElse("").isEmpty()) {
                time = roles.steps();
            }
            orders(time, table);
            note(time);
            Optional<String> timeColumn = time.map(Reading::value).filter(value -> !value.isEmpty());
            Optional<Reading> entity =
                    given("entity", "--entity", request.entity(), table).or(() -> roles.entity(task, timeColumn));
            note(entity);
            Optional<String> entityColumn = entity.map(Reading::value);
            return assemble(target, table, task, timeColumn, entityColumn);
        }

        private Spec assemble(
                Optional<TargetReader.Found> target,
                TableProfile table,
                Task task,
                Optional<String> time,
                Optional<String> entity) {
            Optional<String> column = target.map(found -> found.column().name());
            Optional<Integer> horizon = horizon(task, table, time, entity);
            Optional<String> positive = positive(task, target);
            ConstraintReader.Found constraints = new ConstraintReader(sentence, request.goals()).read();
            constraints.reading().ifPresent(readings::add);
            fits(constraints.constraints().goals(), task);
            double share = target.map(found -> share(found.column(), positive)).orElse(Double.NaN);
            Reading metric = MetricReader.read(sentence, task, constraints.constraints(), share);
            readings.add(metric);
            Reading name = PipelineName.read(request.name(), request.sentence(), table.name(), column);
            readings.add(name);
            return new Spec(
                    name.value(),
                    request.sentence(),
                    request.data(),
                    task,
                    table.name(),
                    column,
                    positive,
                    time,
                    entity,
                    horizon,
                    Metric.ofKey(metric.value()).orElseThrow(),
                    constraints.constraints(),
                    request.budgetSeconds(),
                    request.seed(),
                    request.options(),
                    List.copyOf(readings));
        }

        private Optional<TargetReader.Found> target() {
            Optional<TargetReader.Found> found = request.target().isPresent()
                    ? Optional.of(named(request.target().get()))
                    : wide().or(() -> new TargetReader(sentence, tables, links).read());
            found.ifPresent(target -> {
                readings.add(target.reading());
                readings.add(new Reading("table", target.table().name(), List.of("it holds the target"), List.of()));
            });
            return found;
        }

        private TargetReader.Found named(String target) {
            NamedColumn named = NamedColumn.find("--target", target, tables);
            Reading reading = new Reading("target", named.column().name(), List.of(named.how()), List.of());
            return new TargetReader.Found(named.table(), named.column(), reading);
        }

        /** A wide series has one thing to predict: its values. */
        private Optional<TargetReader.Found> wide() {
            if (tables.size() != 1 || !WideSeries.is(tables.get(0)) || sentence.asks(Sentence.Intent.ANOMALY)) {
                return Optional.empty();
            }
            TableProfile table = tables.get(0);
            return table.find(WideSeries.VALUE)
                    .map(value -> new TargetReader.Found(
                            table,
                            value,
                            new Reading(
                                    "target", "value", List.of("the source holds one series in each row"), List.of())));
        }

        private Task task(
                Optional<TargetReader.Found> target, TableProfile table, Optional<Reading> time, RoleReader roles) {
            Optional<String> order = time.or(roles::steps).map(Reading::value).filter(value -> !value.isEmpty());
            TaskReader.Found task = target.map(found -> new TaskReader(
                                    sentence,
                                    table,
                                    found.column(),
                                    order,
                                    request.horizon().isPresent())
                            .read())
                    .orElseGet(TaskReader::anomaly);
            readings.add(task.reading());
            return task.task();
        }

        private Optional<Reading> given(String part, String option, Optional<String> name, TableProfile table) {
            return name.map(column -> {
                NamedColumn named = NamedColumn.find(option, column, List.of(table));
                return new Reading(part, named.column().name(), List.of(named.how()), List.of());
            });
        }

        /** What {@code --time} names has to have an order. */
        private void orders(Optional<Reading> time, TableProfile table) {
            Optional<ColumnProfile> named =
                    request.time().flatMap(given -> time).map(Reading::value).flatMap(table::find);
            boolean ordered = named.stream()
                    .map(ColumnProfile::type)
                    .allMatch(
                            type -> type == ColumnType.TIME || type == ColumnType.INTEGER || type == ColumnType.NUMBER);
            if (!ordered) {
                ColumnProfile column = named.orElseThrow();
                String example = column.top().isEmpty()
                        ? "it is empty"
                        : "such as " + ColumnMatch.shown(column.top().get(0).value());
                throw new TataraException(
                        SentenceErrorCode.UNSUITABLE_TIME,
                        Fault.of("--time " + ColumnMatch.shown(column.name()) + ": its values are no times, " + example)
                                .at("table " + table.name())
                                .expecting("dates, times or numbers that count steps")
                                .todo("Name another column with --time, or write its times as 2024-12-31"));
            }
        }

        private static void fits(List<Goal> goals, Task task) {
            Set<Metric> fitting = MetricFit.reported(task);
            for (Goal goal : goals) {
                if (!fitting.contains(goal.metric())) {
                    throw new TataraException(
                            SentenceErrorCode.UNSUITABLE_GOAL,
                            Fault.of("goal: " + goal.metric().key() + " does not fit the task " + TaskReader.word(task))
                                    .expecting("one of "
                                            + fitting.stream().map(Metric::key).collect(Collectors.joining(", ")))
                                    .todo("Correct --goal, or the target"));
                }
            }
        }

        private Optional<Integer> horizon(
                Task task, TableProfile table, Optional<String> time, Optional<String> entity) {
            if (task != Task.FORECAST) {
                return Optional.empty();
            }
            Reading horizon = new HorizonReader(sentence, table, time.flatMap(table::find), entity.flatMap(table::find))
                    .read(request.horizon());
            readings.add(horizon);
            return Optional.of(Integer.valueOf(horizon.value()));
        }

        private Optional<String> positive(Task task, Optional<TargetReader.Found> target) {
            boolean labelled = task == Task.BINARY || task == Task.ANOMALY;
            Optional<Reading> positive = labelled
                    ? target.flatMap(found -> new PositiveReader(sentence, found.column()).read())
                    : Optional.empty();
            note(positive);
            return positive.map(Reading::value);
        }

        private static double share(ColumnProfile column, Optional<String> positive) {
            long all = column.top().stream().mapToLong(ValueCount::count).sum();
            long hits = column.top().stream()
                    .filter(value -> positive.filter(wanted -> is(column, value.value(), wanted))
                            .isPresent())
                    .mapToLong(ValueCount::count)
                    .sum();
            return all == 0 || positive.isEmpty() ? Double.NaN : (double) hits / all;
        }

        private static boolean is(ColumnProfile column, String value, String positive) {
            return value.equals(positive)
                    || PositiveReader.asBoolean(column, value)
                            .filter(positive::equals)
                            .isPresent();
        }

        /** Without a target: the table that others refer to, else the one that the sentence names, else the first. */
        private TableProfile mainTable() {
            TableProfile main = tables.stream()
                    .max(Comparator.comparingDouble((TableProfile table) -> {
                                double named = ColumnMatch.ofName(sentence, table.name())
                                        .score();
                                long referred = links.stream()
                                        .filter(link -> link.toTable().equals(table.name()))
                                        .count();
                                return named + 0.1 * Math.min(referred, 5);
                            })
                            .thenComparing(table -> -tables.indexOf(table)))
                    .orElseThrow();
            readings.add(new Reading("table", main.name(), List.of("no column is the target"), List.of()));
            return main;
        }

        private void note(Optional<Reading> reading) {
            reading.ifPresent(readings::add);
        }
    }
}
