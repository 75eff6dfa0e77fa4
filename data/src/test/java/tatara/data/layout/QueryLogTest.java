package tatara.data.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;

class QueryLogTest {
    @TempDir
    private Path home;

    private final TableRef table = new TableRef("raw", "p.../../t \"\n", 1, 1);

    private static QueryPattern pattern(String column, double share) {
        return new QueryPattern(List.of(new QueryPattern.Filter(column, true)), share);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void what_was_asked_is_remembered_in_order_under_any_name() throws IOException {
        List<QueryPattern> asked = List.of(pattern("a\nb\"", 0.5), pattern("ü", 0), pattern("", 1));
        asked.forEach(new QueryLog(home, table)::asked);
        assertThat(new QueryLog(home, table).read()).isEqualTo(asked);
        assertThat(new QueryLog(home, new TableRef("raw", "p.other", 1, 1)).read())
                .isEmpty();
        assertThat(file()).startsWith(home.resolve("lake").resolve("queries"));
    }

    @Test
    void a_line_cut_off_by_a_crash_costs_only_itself() throws IOException {
        QueryLog log = new QueryLog(home, table);
        log.asked(pattern("a", 0.5));
        Files.writeString(file(), "\n{\"filters\":[{\"colu", StandardOpenOption.APPEND);
        log.asked(pattern("b", 0.5));
        assertThat(log.read()).containsExactly(pattern("a", 0.5), pattern("b", 0.5));
    }

    @Test
    void the_file_stays_small_and_keeps_the_newest() throws IOException {
        QueryLog log = new QueryLog(home, table);
        String longName = "c".repeat(2_000);
        for (int i = 0; i < 1_000; i++) {
            log.asked(pattern(longName, i / 1_000.0));
            if (i % 100 == 0) {
                assertThat(Files.size(file())).isLessThan(300_000);
            }
        }
        assertThat(log.read()).last().isEqualTo(pattern(longName, 0.999));
        assertThat(log.read()).hasSizeGreaterThan(30);
        log.asked(pattern("d".repeat(1_000_000), 0));
        log.asked(pattern("e", 0));
        assertThat(Files.size(file())).isLessThan(300_000);
        assertThat(log.read()).last().isEqualTo(pattern("e", 0));
    }
}
