package tatara.features.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Aggregate;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

class ViewSqlTest {
    private static final String HOSTILE = "paid\"; DROP TABLE main; --";

    private Connection connection;

    @BeforeEach
    void tables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        run("CREATE TABLE main (id VARCHAR, \"at\" TIMESTAMP, _row BIGINT)");
        run("INSERT INTO main VALUES ('a', '2024-02-01', 2), ('a', '2024-03-01', 0), ('b', '2024-02-01', 1),"
                + " (NULL, '2024-02-01', 3), ('c', NULL, 4), ('7', '2024-02-01', 5)");
        run("CREATE TABLE payments (customer VARCHAR, paid_at TIMESTAMP, known TIMESTAMP, " + Sql.name(HOSTILE)
                + " DOUBLE, ok VARCHAR, _row BIGINT)");
        run("INSERT INTO payments VALUES ('a', '2024-01-10', '2024-01-11', 10, 'true', 0),"
                + " ('a', '2024-01-20', '2024-02-15', 20, 'false', 1),"
                + " ('a', '2024-02-01', '2024-02-01', 40, 'true', 2),"
                + " ('a', '2024-02-20', '2024-02-21', NULL, 'true', 3),"
                + " ('a', '2023-01-01', '2023-01-01', 80, NULL, 4),"
                + " ('c', '2024-01-01', '2024-01-01', 1, 'true', 5),"
                + " ('7', '2024-01-30', '2024-01-30', 3, 'true', 6)");
        run("CREATE TABLE regions (code DOUBLE, name VARCHAR, _row BIGINT)");
        run("INSERT INTO regions VALUES (7, 'north', 0), (7, 'south', 1), (NULL, 'none', 2)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataDesign.Contract contract(String name, ColumnType type) {
        return new DataDesign.Contract(
                name,
                type,
                DataDesign.Role.FEATURE,
                CellFormat.plain(),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "");
    }

    private static DataDesign.Table table(
            String name, Optional<String> event, Optional<String> arrival, DataDesign.Contract... columns) {
        return new DataDesign.Table(name, List.of(columns), List.of(), event, arrival, DataDesign.Duplicates.KEEP);
    }

    private static DataDesign data(boolean timed) {
        return new DataDesign(
                "main",
                List.of(
                        table(
                                "main",
                                timed ? Optional.of("at") : Optional.empty(),
                                Optional.empty(),
                                contract("id", ColumnType.IDENTIFIER),
                                contract("at", ColumnType.TIME)),
                        table(
                                "payments",
                                Optional.of("paid_at"),
                                Optional.of("known"),
                                contract("customer", ColumnType.IDENTIFIER),
                                contract("paid_at", ColumnType.TIME),
                                contract("known", ColumnType.TIME),
                                contract(HOSTILE, ColumnType.NUMBER),
                                contract("ok", ColumnType.BOOLEAN)),
                        table(
                                "regions",
                                Optional.empty(),
                                Optional.empty(),
                                contract("code", ColumnType.INTEGER),
                                contract("name", ColumnType.CATEGORY))),
                List.of(),
                List.of(),
                List.of());
    }

    private static FeatureDesign design(ViewColumn... views) {
        return new FeatureDesign(
                List.of(),
                List.of(views),
                new FeatureDesign.Target(Task.REGRESSION, Optional.of("y"), List.of(), Optional.empty(), false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.RANDOM, Optional.empty(), 0.2, ""),
                new FeatureDesign.Evaluation(Metric.RMSE, List.of(), List.of(), List.of(), Optional.empty(), List.of()),
                Optional.empty());
    }

    private static ViewColumn payments(Aggregate aggregate, @Nullable String column, int days) {
        String name = "v \"" + aggregate + "\" " + column + days;
        return new ViewColumn(name, "payments", "customer", "id", aggregate, Optional.ofNullable(column), days);
    }

    /** The last column of every row, in order, for a design of one view; checks that the main rows are all there. */
    private List<@Nullable Object> values(ViewColumn view, boolean timed) throws SQLException {
        String sql = ViewSql.select(design(view), data(timed), Sql::name);
        List<@Nullable Object> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.getMetaData().getColumnCount()).isEqualTo(4);
            assertThat(result.getMetaData().getColumnLabel(4)).isEqualTo(view.name());
            while (result.next()) {
                assertThat(result.getLong("_row")).isEqualTo(values.size());
                values.add(result.getObject(4));
            }
        }
        assertThat(values).hasSize(6);
        return values;
    }

    @Test
    void onlyWhatWasKnownBeforeTheRowCounts() throws SQLException {
        assertThat(values(payments(Aggregate.COUNT, null, 0), true)).containsExactly(5.0, 0.0, 2.0, 0.0, 0.0, 1.0);
        assertThat(values(payments(Aggregate.SUM, HOSTILE, 0), true)).containsExactly(150.0, 0.0, 90.0, 0.0, 0.0, 3.0);
        assertThat(values(payments(Aggregate.MEAN, HOSTILE, 0), true))
                .containsExactly(37.5, null, 45.0, null, null, 3.0);
    }

    @Test
    void windowsCountBackFromTheRow() throws SQLException {
        assertThat(values(payments(Aggregate.COUNT, null, 30), true)).containsExactly(2.0, 0.0, 1.0, 0.0, 0.0, 1.0);
        assertThat(values(payments(Aggregate.MAX, HOSTILE, 60), true))
                .containsExactly(40.0, null, 10.0, null, null, 3.0);
        assertThat(values(payments(Aggregate.MIN, HOSTILE, 0), true))
                .containsExactly(10.0, null, 10.0, null, null, 3.0);
    }

    @Test
    void lastAndDaysLookAtTheLatestRow() throws SQLException {
        assertThat(values(payments(Aggregate.LAST, HOSTILE, 0), true))
                .containsExactly(40.0, null, 10.0, null, null, 3.0);
        assertThat(values(payments(Aggregate.LAST, "ok", 0), true))
                .containsExactly("true", null, "true", null, null, "true");
        assertThat(values(payments(Aggregate.DAYS_SINCE_LAST, null, 0), true))
                .containsExactly(10.0, null, 22.0, null, null, 2.0);
        assertThat(values(payments(Aggregate.DAYS_SINCE_FIRST, "paid_at", 60), true))
                .containsExactly(51.0, null, 22.0, null, null, 2.0);
    }

    @Test
    void booleansAndDistinctValuesAreCounted() throws SQLException {
        assertThat(values(payments(Aggregate.MEAN, "ok", 0), true)).containsExactly(0.75, null, 1.0, null, null, 1.0);
        assertThat(values(payments(Aggregate.DISTINCT, "ok", 0), true)).containsExactly(2.0, 0.0, 1.0, 0.0, 0.0, 1.0);
    }

    @Test
    void withoutATimeEveryLinkedRowCounts() throws SQLException {
        assertThat(values(payments(Aggregate.COUNT, null, 30), false)).containsExactly(5.0, 0.0, 5.0, 0.0, 1.0, 1.0);
        assertThat(values(payments(Aggregate.DAYS_SINCE_LAST, null, 0), false))
                .containsExactly(0.0, null, 0.0, null, 50.0, 21.0);
    }

    @Test
    void textsMeetNumbersInKeys() throws SQLException {
        ViewColumn view = new ViewColumn("region", "regions", "code", "id", Aggregate.LAST, Optional.of("name"), 0);
        assertThat(values(view, true)).isEqualTo(Arrays.asList(null, null, null, null, null, "south"));
    }

    @Test
    void manyViewsShareTheirJoins() throws SQLException {
        FeatureDesign design = design(
                payments(Aggregate.COUNT, null, 0),
                payments(Aggregate.COUNT, null, 30),
                payments(Aggregate.SUM, HOSTILE, 0));
        String sql = ViewSql.select(design, data(true), Sql::name);
        assertThat(sql.split("LEFT JOIN", -1)).hasSize(3);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            assertThat(result.getDouble(4)).isEqualTo(5);
            assertThat(result.getDouble(5)).isEqualTo(2);
            assertThat(result.getDouble(6)).isEqualTo(150);
        }
    }

    @Test
    void noViewsGiveTheMainTable() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(ViewSql.select(design(), data(true), Sql::name))) {
            assertThat(result.getMetaData().getColumnCount()).isEqualTo(3);
        }
    }

    @Test
    void refusesViewsThatDoNotFit() {
        ViewColumn taken = new ViewColumn("AT", "payments", "customer", "id", Aggregate.COUNT, Optional.empty(), 0);
        ViewColumn gone = new ViewColumn("x", "gone", "customer", "id", Aggregate.COUNT, Optional.empty(), 0);
        ViewColumn wrong = new ViewColumn("x", "payments", "nobody", "id", Aggregate.COUNT, Optional.empty(), 0);
        ViewColumn half = new ViewColumn("x", "payments", "customer", "id", Aggregate.SUM, Optional.empty(), 0);
        ViewColumn timeless =
                new ViewColumn("x", "regions", "code", "id", Aggregate.DAYS_SINCE_LAST, Optional.empty(), 0);
        for (ViewColumn view : List.of(taken, gone, wrong, half, timeless)) {
            assertThatThrownBy(() -> ViewSql.select(design(view), data(true), Sql::name))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining(view.name());
        }
    }
}
