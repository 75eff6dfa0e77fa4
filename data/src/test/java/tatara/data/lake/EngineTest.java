package tatara.data.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

class EngineTest {
    @TempDir
    private Path directory;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = new Engine(new Engine.Settings(directory.resolve("spill"), 200, 2, List.of(directory)));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void quoting_takes_any_text() {
        String name = "a\"b'c\n; DROP TABLE x --";
        assertThat(engine.first(
                        "SELECT " + Engine.quote(name) + " FROM (SELECT " + Engine.literal(name) + " AS "
                                + Engine.quote(name) + ")",
                        row -> row.getString(1)))
                .contains(name);
    }

    @Test
    void streams_all_kinds_from_any_type_in_order() {
        Schema schema =
                new Schema(List.of(new Field("n", Kind.NUMBER), new Field("t", Kind.TEXT), new Field("w", Kind.TIME)));
        List<Integer> sizes = new ArrayList<>();
        long[] next = {0};
        engine.stream(
                "SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i::DECIMAL(18,2) END, i % 5, DATE '1970-01-01' + i::INTEGER"
                        + " FROM range(150000) r(i)",
                schema, frame -> {
                    sizes.add(frame.rows());
                    for (int row = 0; row < frame.rows(); row++, next[0]++) {
                        double number = ((NumberColumn) frame.column(0)).values()[row];
                        assertThat(next[0] % 3 == 0 ? Double.isNaN(number) : number == next[0])
                                .isTrue();
                        assertThat(((TextColumn) frame.column(1)).value(row)).isEqualTo(Long.toString(next[0] % 5));
                        assertThat(((TimeColumn) frame.column(2)).micros()[row]).isEqualTo(next[0] * 86_400_000_000L);
                    }
                });
        assertThat(sizes).containsExactly(65_536, 65_536, 18_928);
    }

    @Test
    void a_result_larger_than_memory_streams() {
        Schema schema = new Schema(List.of(new Field("n", Kind.NUMBER)));
        long[] rows = {0};
        engine.stream("SELECT i FROM range(40000000) r(i)", schema, frame -> rows[0] += frame.rows());
        assertThat(rows[0]).isEqualTo(40_000_000);
    }

    @Test
    void what_does_not_fit_in_memory_is_spilled() {
        assertThat(engine.first(
                        "SELECT count(*) FROM (SELECT hash(i) AS h, repeat('y', 50) || i AS t FROM range(4000000) r(i) ORDER BY h)"
                                + " WHERE t IS NOT NULL",
                        row -> row.getLong(1)))
                .contains(4_000_000L);
    }

    @Test
    void running_queries_can_be_cancelled() throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread query = new Thread(() -> {
            try {
                engine.first(
                        "SELECT sum(a.i * b.i) FROM range(3000000) a(i), range(3000000) b(i)", row -> row.getDouble(1));
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        query.start();
        while (query.isAlive()) {
            engine.cancel();
            query.join(20);
        }
        assertThat(thrown).singleElement().isInstanceOfSatisfying(TataraException.class, e -> assertThat(e.code())
                .isEqualTo(CoreErrorCode.CANCELLED));
    }

    @Test
    void a_refused_query_says_which() {
        assertThatThrownBy(() -> engine.execute("SELECT nothing FROM nowhere"))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void storage_failures_say_who_has_to_act() {
        Path place = Objects.requireNonNull(directory);
        TataraException full = StorageFailure.of(new IOException("No space left on device"), place);
        assertThat(full.code()).isEqualTo(CoreErrorCode.DISK_FULL);
        assertThat(full.code().type()).isEqualTo(ErrorType.EXTERNAL);
        assertThat(StorageFailure.of(new IOException("x: Read-only file system"), place)
                        .code())
                .isEqualTo(CoreErrorCode.NOT_WRITABLE);
        assertThat(StorageFailure.of(new IOException("device error"), place).code())
                .isEqualTo(DataErrorCode.STORAGE_FAILED);
    }
}
