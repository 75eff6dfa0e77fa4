package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.DataDesign;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

class PreparationTest {
    @TempDir
    private Path directory;

    private SourceHome home;

    @BeforeEach
    void open() {
        home = new SourceHome(directory);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void cells_become_values_of_their_type() {
        Ingested raw = home.ingest(
                home.file(
                        "t.csv",
                        "id,price,when,ok,note\n007,\" $1,493.50 \",2024-02-29 13:00:00,Yes, hi \n008,?,not a date,No,\n009,(5),2024-01-01,yes,x\n"));
        CellFormat money = new CellFormat(List.of("?"), ".", ",", "$", "", Optional.empty(), List.of(), List.of());
        CellFormat yesNo = new CellFormat(List.of(), ".", "", "", "", Optional.empty(), List.of("Yes"), List.of("No"));
        DataDesign.Table contract = table(
                DataDesign.Duplicates.KEEP,
                column("id", ColumnType.IDENTIFIER, CellFormat.plain()),
                column("price", ColumnType.NUMBER, money),
                column("when", ColumnType.TIME, CellFormat.plain()),
                column("ok", ColumnType.BOOLEAN, yesNo),
                column("note", ColumnType.TEXT, CellFormat.plain()));
        TableRef prepared = new Preparation(home.lake).prepare(contract, raw.raw(), "p");
        assertThat(home.rows(prepared))
                .containsExactly(
                        List.of("007", "1493.5", "2024-02-29 13:00:00", "true", "hi"),
                        Arrays.asList("008", null, null, "false", null),
                        List.of("009", "-5.0", "2024-01-01 00:00:00", "true", "x"));
        assertThat(home.lake.types(prepared).get(2)).isEqualTo(new TableColumn("when", TableColumn.Type.TIMESTAMP));
    }

    @Test
    void repeated_rows_go_and_the_rest_keep_their_numbers() {
        Ingested raw = home.ingest(home.file("t.csv", "a,b\n1,x\n2,y\n1,x\n3,\n1,x\n3,\n2,z\n"));
        DataDesign.Contract a = column("a", ColumnType.INTEGER, CellFormat.plain());
        DataDesign.Contract b = column("b", ColumnType.CATEGORY, CellFormat.plain());
        TableRef kept = new Preparation(home.lake).prepare(table(DataDesign.Duplicates.KEEP, a, b), raw.raw(), "p");
        assertThat(kept.rows()).isEqualTo(7);
        TableRef dropped = new Preparation(home.lake).prepare(table(DataDesign.Duplicates.DROP, a, b), raw.raw(), "p");
        assertThat(SourceHome.column(home.lake.frames(dropped, List.of(Lake.ROW)), 0))
                .containsExactly("0", "1", "3", "6");
    }

    @Test
    void native_integers_become_exact_texts() {
        Ingested raw =
                home.ingest(home.file("t.jsonl", "{\"id\": 9007199254740993, \"n\": 3}\n{\"id\": 4, \"n\": 4.5}\n"));
        TableRef prepared = new Preparation(home.lake)
                .prepare(
                        table(
                                DataDesign.Duplicates.DROP,
                                column("id", ColumnType.IDENTIFIER, CellFormat.plain()),
                                column("n", ColumnType.CATEGORY, CellFormat.plain())),
                        raw.raw(),
                        "p");
        assertThat(home.rows(prepared)).containsExactly(List.of("9007199254740993", "3"), List.of("4", "4.5"));
    }

    @Test
    void a_column_that_the_data_lack_is_named() {
        Ingested raw = home.ingest(home.file("t.csv", "a,b\n1,x\n"));
        DataDesign.Table contract =
                table(DataDesign.Duplicates.KEEP, column("missing", ColumnType.TEXT, CellFormat.plain()));
        assertThatThrownBy(() -> new Preparation(home.lake).prepare(contract, raw.raw(), "p"))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("no column missing");
    }

    private static DataDesign.Table table(DataDesign.Duplicates duplicates, DataDesign.Contract... columns) {
        return new DataDesign.Table("t", List.of(columns), List.of(), Optional.empty(), Optional.empty(), duplicates);
    }

    private static DataDesign.Contract column(String name, ColumnType type, CellFormat format) {
        return new DataDesign.Contract(
                name, type, DataDesign.Role.FEATURE, format, true, Optional.empty(), Optional.empty(), List.of(), "");
    }
}
