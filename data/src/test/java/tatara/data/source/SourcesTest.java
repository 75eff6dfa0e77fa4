package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.ErrorCode;
import tatara.core.error.TataraException;
import tatara.core.remote.RemoteErrorCode;
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Lake;

class SourcesTest {
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
    void a_missing_path_is_answered_with_near_names() {
        Path file = home.file("customers.csv", "a,b\n1,2\n");
        refused(
                () -> home.discover(file.resolveSibling("custmers.csv")),
                DataErrorCode.SOURCE_NOT_FOUND,
                "customers.csv");
        refused(
                () -> home.discover(file.resolveSibling("Customers.parquet")),
                DataErrorCode.SOURCE_NOT_FOUND,
                "customers.csv");
        refused(
                () -> home.discover(Path.of("/nowhere/at/all.csv")),
                DataErrorCode.SOURCE_NOT_FOUND,
                "does not exist either");
        refused(
                () -> home.sources.discover(List.of(new DataArgument("", "s3://bucket/x.csv"))),
                RemoteErrorCode.SCHEME_UNKNOWN,
                "local");
        refused(
                () -> home.sources.discover(List.of(new DataArgument("", ""))),
                DataErrorCode.SOURCE_NOT_FOUND,
                "empty");
        refused(
                () -> home.sources.discover(List.of(new DataArgument("", "a\u0000b"))),
                DataErrorCode.SOURCE_NOT_FOUND,
                "NUL");
    }

    @Test
    void file_uris_are_read() {
        Path file = home.file("my data.csv", "a,b\n1,2\n");
        assertThat(home.sources.discover(
                        List.of(new DataArgument("", file.toUri().toString()))))
                .singleElement()
                .extracting(SourceTable::name)
                .isEqualTo("my data");
    }

    @Test
    void what_is_no_table_is_refused() {
        refused(() -> home.discover(home.file("t.csv", "")), DataErrorCode.SOURCE_EMPTY, "empty");
        refused(() -> home.discover(home.file("t.csv", "  \n\n ")), DataErrorCode.SOURCE_EMPTY, "empty");
        refused(() -> home.discover(home.file("t.csv", "PK\u0003\u0004rest")), DataErrorCode.SOURCE_MALFORMED, "Excel");
        refused(
                () -> home.discover(home.file("t.csv", "<!DOCTYPE html><html>")),
                DataErrorCode.SOURCE_MALFORMED,
                "HTML");
        byte[] noise = new byte[5000];
        new java.util.Random(1).nextBytes(noise);
        refused(() -> home.discover(home.file("t.csv", noise)), DataErrorCode.SOURCE_MALFORMED, "binary");
        refused(() -> home.discover(home.file("t.csv", new byte[5000])), DataErrorCode.SOURCE_MALFORMED, "binary");
        refused(
                () -> home.discover(home.file("t.parquet", "PAR1 and then nothing")),
                DataErrorCode.SOURCE_MALFORMED,
                "cut off");
        refused(
                () -> home.discover(
                        home.file("t.csv.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2})),
                DataErrorCode.SOURCE_MALFORMED,
                "compressed");
        refused(() -> home.discover(Path.of("/dev/zero")), DataErrorCode.SOURCE_NOT_READABLE, "neither");
    }

    @Test
    void a_file_without_permission_is_refused() throws IOException {
        Path file = home.file("t.csv", "a\n1\n");
        Assumptions.assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file));
        refused(() -> home.discover(file), DataErrorCode.SOURCE_NOT_READABLE, "permission");
    }

    @Test
    void a_line_without_end_is_refused_early() throws IOException {
        Path file = home.file("t.csv", "");
        byte[] block = "x".repeat(1 << 20).getBytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 200; i++) {
                channel.write(ByteBuffer.wrap(block));
            }
        }
        refused(() -> home.discover(file), DataErrorCode.RECORD_TOO_LONG, "t.csv:1");
    }

    @Test
    void a_sparse_file_of_two_gigabytes_is_refused_early() throws IOException {
        Path file = home.file("t.csv", "");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        refused(() -> home.discover(file), DataErrorCode.SOURCE_MALFORMED, "binary");
    }

    @Test
    void a_long_line_after_good_ones_is_refused_with_its_line() throws IOException {
        Path file = home.file("t.csv", "a,b\n" + "1,2\n".repeat(1000));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 40; i++) {
                channel.write(ByteBuffer.wrap("y".repeat(1 << 20).getBytes()));
            }
        }
        refused(() -> home.ingest(file), DataErrorCode.RECORD_TOO_LONG, "t.csv:1002");
    }

    @Test
    void parts_with_the_same_columns_are_one_table_and_others_are_others() {
        home.file("shop/orders-2023-01.csv", "id,total\n1,5\n");
        home.file("shop/orders-2023-02.csv", "total;id\n6;2\n7;3\n");
        home.file("shop/customers.csv", "id,name\n1,a\n");
        home.file("shop/README.md", "# what this is\n");
        home.file("shop/_SUCCESS", "");
        List<SourceTable> tables = home.discover(home.files.resolve("shop"));
        assertThat(tables).extracting(SourceTable::name).containsExactly("customers", "orders");
        assertThat(tables.get(0).notes()).singleElement().asString().contains("README.md");
        Ingested orders = home.ingestion.ingest(tables.get(1), "p");
        assertThat(home.rows(orders.raw())).containsExactly(List.of("1", "5"), List.of("2", "6"), List.of("3", "7"));
        assertThat(orders.audit().files()).hasSize(2);
    }

    @Test
    void a_table_of_parts_is_named_by_whole_words() {
        home.file("a/adult_test.csv", "id,total\n1,5\n");
        home.file("a/adult_train.csv", "id,total\n1,5\n");
        home.file("b/north.csv", "id,total\n1,5\n");
        home.file("b/nowhere.csv", "id,total\n1,5\n");
        assertThat(home.discover(home.files.resolve("a")))
                .extracting(SourceTable::name)
                .containsExactly("adult");
        assertThat(home.discover(home.files.resolve("b")))
                .extracting(SourceTable::name)
                .containsExactly("b");
    }

    @Test
    void a_broken_data_file_in_a_folder_is_named() {
        home.file("mixed/good.csv", "id,total\n1,5\n");
        home.file("mixed/bad.csv", new byte[3000]);
        refused(() -> home.discover(home.files.resolve("mixed")), DataErrorCode.SOURCE_UNCLEAR, "bad.csv");
        home.file("nothing/photo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2});
        refused(() -> home.discover(home.files.resolve("nothing")), DataErrorCode.SOURCE_UNCLEAR, "photo.png");
    }

    @Test
    void names_that_clash_or_do_not_fit_are_refused() {
        Path a = home.file("x/t.csv", "a,b\n1,2\n");
        Path b = home.file("y/t.csv", "c,d\n1,2\n");
        refused(
                () -> home.sources.discover(
                        List.of(new DataArgument("", a.toString()), new DataArgument("", b.toString()))),
                DataErrorCode.SOURCE_UNCLEAR,
                "--data NAME=PATH");
        assertThat(home.sources.discover(
                        List.of(new DataArgument("one", a.toString()), new DataArgument("two", b.toString()))))
                .extracting(SourceTable::name)
                .containsExactly("one", "two");
        assertThat(home.discover(home.files)).extracting(SourceTable::name).containsExactly("x_t", "y_t");
        refused(
                () -> home.sources.discover(List.of(new DataArgument("one", home.files.toString()))),
                DataErrorCode.SOURCE_UNCLEAR,
                "2 tables");
    }

    @Test
    void a_file_known_unchanged_is_not_read_again() throws IOException {
        Path file = home.file("t.csv", "a,b\n1,2\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        String first = home.discover(file).get(0).files().get(0).fingerprint();
        Files.writeString(file, "a,b\n1,3\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(home.discover(file).get(0).files().get(0).fingerprint()).isEqualTo(first);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:01Z")));
        assertThat(home.discover(file).get(0).files().get(0).fingerprint()).isNotEqualTo(first);
    }

    @Test
    void a_home_that_cannot_be_written_is_said_so() throws IOException {
        Path blocked = home.file("blocked", "a file where the home should be");
        Sources sources = new Sources(blocked.resolve("cache"));
        Path file = home.file("t.csv", "a,b\n1,2\n");
        refused(
                () -> sources.discover(List.of(new DataArgument("", file.toString()))),
                CoreErrorCode.NOT_WRITABLE,
                "blocked");
        try (Lake lake = Lake.open(blocked, 100, 1)) {
            refused(() -> lake.replace("raw", "p.t", "SELECT 1 AS a"), CoreErrorCode.NOT_WRITABLE, "blocked");
        }
    }

    @Test
    void batch_input_comes_in_file_order_and_bad_rows_stop_it() {
        Path file = home.file("t.csv", "a,b\n1,x\n2,\"y\nz\"\n");
        assertThat(SourceHome.column(home.sources.frames(file.toString()), 1)).containsExactly("x", "y\nz");
        assertThat(home.sources.frames(file.toString()).rows()).isEqualTo(2);
        Path json = home.file("t.jsonl", "{\"a\": 1.5, \"b\": true}\n{\"a\": null}\n");
        assertThat(SourceHome.column(home.sources.frames(json.toString()), 0)).containsExactly("1.5", "");
        Path bad = home.file("bad.csv", "a,b\n1,x\n2\n3,y\n4,z\n");
        refused(() -> home.sources.frames(bad.toString()).rows(), DataErrorCode.SOURCE_MALFORMED, "bad.csv:3");
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
