package tatara.data.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.data.lake.Lake;

/** Raw tables of text in a lake of their own, as a CSV source leaves them. */
public final class Tables implements AutoCloseable {
    private final Lake lake;

    public Tables(Path home) {
        this.lake = Lake.open(home, 1_000, 2);
    }

    public Lake lake() {
        return lake;
    }

    /** A table under construction: columns by name. */
    public final class Table {
        private final String name;
        private final List<String> names = new ArrayList<>();
        private final List<List<String>> columns = new ArrayList<>();

        private Table(String name) {
            this.name = name;
        }

        public Table with(String column, String... cells) {
            return with(column, List.of(cells));
        }

        public Table with(String column, List<String> cells) {
            names.add(column);
            columns.add(cells);
            return this;
        }

        public Table with(String column, int rows, IntFunction<String> cell) {
            return with(column, IntStream.range(0, rows).mapToObj(cell).toList());
        }

        public TableProfile profile() {
            List<Field> fields =
                    names.stream().map(column -> new Field(column, Kind.TEXT)).toList();
            int rows = columns.get(0).size();
            List<Column> values = columns.stream()
                    .map(cells -> (Column) TextColumn.of(rows, cells::get))
                    .toList();
            Schema schema = new Schema(fields);
            Frame frame = new Frame(schema, values, rows);
            TableRef ref = lake.replace("raw", "test." + name, schema, consumer -> consumer.accept(frame));
            return Tables.this.profile(name, ref);
        }
    }

    public Table table(String name) {
        return new Table(name);
    }

    /** A table made by a query, with its types. */
    public TableProfile query(String name, String sql) {
        return profile(name, lake.replace("raw", "test." + name, sql));
    }

    public TableProfile profile(String name, TableRef ref) {
        return new Profiler(lake)
                .profile(name, ref, new SourceAudit(name, "csv", List.of(), Map.of(), ref.rows(), 0, "", List.of()));
    }

    /** The profile of a single column with these cells. */
    public ColumnProfile column(String name, String... cells) {
        return table("one").with(name, cells).profile().columns().get(0);
    }

    public ColumnProfile column(String name, List<String> cells) {
        return table("one").with(name, cells).profile().columns().get(0);
    }

    public static Spec spec(Task task, String table, String target) {
        return new Spec(
                "test",
                "",
                List.of(),
                task,
                table,
                Optional.of(target),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                task.isClassification() ? Metric.ROC_AUC : Metric.RMSE,
                Constraints.none(),
                60,
                1,
                Map.of(),
                List.of());
    }

    @Override
    public void close() {
        lake.close();
    }
}
