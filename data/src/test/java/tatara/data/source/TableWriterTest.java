package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

class TableWriterTest {
    private static final Schema SCHEMA = new Schema(
            List.of(new Field("n", Kind.NUMBER), new Field("a \"b\"", Kind.TEXT), new Field("t", Kind.TIME)));
    private static final Frame FRAME = new Frame(
            SCHEMA,
            List.of(
                    new NumberColumn(new double[] {1, 0.1, Double.NaN}),
                    TextColumn.of(3, row -> row == 2 ? null : row == 0 ? "x,\"y\"\nz" : " é"),
                    new TimeColumn(new long[] {0, 1_500_000, TimeColumn.MISSING})),
            3);

    @TempDir
    private Path directory;

    @Test
    void csv_is_what_spreadsheets_read() throws IOException {
        Path file = directory.resolve("new/out.csv");
        new TableWriter(directory).write(file, SCHEMA, sink -> sink.accept(FRAME));
        assertThat(file)
                .content()
                .isEqualTo(
                        "n,\"a \"\"b\"\"\",t\n1,\"x,\"\"y\"\"\nz\",1970-01-01T00:00:00Z\n0.1,\" é\",1970-01-01T00:00:01.500Z\n,,\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.tsv", "out.jsonl", "out.csv.gz", "out.parquet"})
    void what_is_written_is_read_back(String name) throws IOException {
        Path file = directory.resolve(name);
        new TableWriter(directory.resolve("cache")).write(file, SCHEMA, sink -> {
            sink.accept(FRAME);
            sink.accept(FRAME);
        });
        FrameSource read = new Sources(directory.resolve("cache")).frames(file.toString());
        assertThat(read.schema().names()).containsExactly("n", "a \"b\"", "t");
        assertThat(SourceHome.column(read, 0)).containsExactly("1", "0.1", "", "1", "0.1", "");
        assertThat(SourceHome.column(read, 1)).containsExactly("x,\"y\"\nz", " é", "", "x,\"y\"\nz", " é", "");
        assertThat(SourceHome.column(read, 2)).startsWith("1970-01-01T00:00:00Z", "1970-01-01T00:00:01.500Z", "");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(path -> path.contains("partial"));
        }
    }

    @Test
    void a_failure_leaves_nothing_and_an_unknown_format_is_refused() {
        Path file = directory.resolve("out.csv");
        assertThatThrownBy(() -> new TableWriter(directory).write(file, SCHEMA, sink -> {
                    sink.accept(FRAME);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> new TableWriter(directory).write(directory.resolve("out.xlsx"), SCHEMA, sink -> {}))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining(".parquet");
        assertThat(directory.toFile().list()).isEmpty();
    }
}
