package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tatara.core.error.TataraException;

class CsvReaderTest {
    private static final Dialect COMMA = Dialect.delimited(",", "\"", "\"", false);

    @Test
    void reads_quotes_line_ends_and_line_numbers() throws IOException {
        assertThat(read("a,b\r\n\"x\ny\",\"say \"\"hi\"\"\"\r1,\n,\"\"", COMMA))
                .containsExactly("1:[a][b]", "2:[x\ny][say \"hi\"]", "4:[1][]", "5:[][]");
    }

    @Test
    void is_lenient_with_quotes_inside_and_behind_cells() throws IOException {
        assertThat(read("5\" pipe,x\n\"a\"b,c\n", COMMA)).containsExactly("1:[5\" pipe][x]", "2:[ab][c]");
    }

    @Test
    void reads_other_dialects() throws IOException {
        assertThat(read("'a;b';'it\\'s'\n", Dialect.delimited(";", "'", "\\", false)))
                .containsExactly("1:[a;b][it's]");
        assertThat(read("a, \"b, c\" ,d\n", Dialect.delimited(",", "\"", "\"", true)))
                .containsExactly("1:[a][b, c][d]");
        assertThat(read("  1   2.5  x \n3 4 5", Dialect.delimited(" ", "\"", "\"", false)))
                .containsExactly("1:[1][2.5][x]", "2:[3][4][5]");
    }

    @Test
    void a_quote_that_never_closes_costs_one_line() throws IOException {
        assertThat(read("a,b\n1,\"broken\n2,x\n3,y\n", COMMA))
                .containsExactly("1:[a][b]", "2:unclosed", "3:[2][x]", "4:[3][y]");
    }

    @Test
    void a_record_without_end_is_refused_with_its_line() {
        Reader endless = new Reader() {
            private int given;

            @Override
            public int read(char[] buffer, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    buffer[offset + i] = given++ == 1 ? '\n' : 'x';
                }
                return length;
            }

            @Override
            public void close() {}
        };
        CsvReader reader = new CsvReader(endless, "endless.csv", COMMA);
        assertThatThrownBy(() -> {
                    while (reader.next()) {
                        assertThat(reader.line()).isLessThan(3);
                    }
                })
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("endless.csv:2");
    }

    @Test
    void what_is_written_is_read_back_whatever_the_buffer_holds() throws IOException {
        Random random = new Random(7);
        String alphabet = "ab,\"\n\r ;é日";
        List<List<String>> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 3_000; row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                StringBuilder cell = new StringBuilder();
                int length = random.nextInt(100) == 0 ? 40_000 : random.nextInt(12);
                for (int c = 0; c < length; c++) {
                    cell.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                cells.add(cell.toString());
            }
            expected.add(cells);
            text.append(cells.stream()
                            .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                            .collect(Collectors.joining(",")))
                    .append(row % 2 == 0 ? "\n" : "\r\n");
        }
        List<List<String>> actual = new ArrayList<>();
        try (CsvReader reader = new CsvReader(new StringReader(text.toString()), "random.csv", COMMA)) {
            while (reader.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < reader.size(); i++) {
                    cells.add(reader.cell(i));
                }
                actual.add(cells);
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static List<String> read(String text, Dialect dialect) throws IOException {
        List<String> records = new ArrayList<>();
        try (CsvReader reader = new CsvReader(new StringReader(text), "test.csv", dialect)) {
            while (reader.next()) {
                StringBuilder record = new StringBuilder().append(reader.line()).append(':');
                for (int i = 0; !reader.unclosed() && i < reader.size(); i++) {
                    record.append('[').append(reader.cell(i)).append(']');
                }
                records.add(reader.unclosed() ? record + "unclosed" : record.toString());
            }
        }
        return records;
    }
}
