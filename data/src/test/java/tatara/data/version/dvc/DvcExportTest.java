package tatara.data.version.dvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.ProblemsException;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.spec.DataArgument;
import tatara.data.files.FileVersions;
import tatara.data.files.ObjectStore;
import tatara.data.lake.Lake;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;

class DvcExportTest {
    /** The names, contents and the MD5 are those of {@code dvc add} 3.67.1 on the same folder. */
    private static final Map<String, String> FILES = Map.of(
            "sub/f1.txt",
            "file 1\n",
            "empty.bin",
            "",
            "日本/😀.txt",
            "a\n",
            "日本/\ue000.txt",
            "b\n",
            "q\"uo\\te.txt",
            "x");

    @TempDir
    private Path folder;

    private Lake lake() {
        return Lake.open(folder.resolve("home"), 200, 1);
    }

    private FileVersions versions(Lake lake) {
        return new FileVersions(lake, folder.resolve("home/cache"));
    }

    private static DvcExport.Destination to(Path place, DvcExport.Format format) {
        return new DvcExport.Destination(place, format, Optional.empty());
    }

    private Path files() throws IOException {
        Path data = folder.resolve("images");
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path place = data.resolve(file.getKey());
            Files.createDirectories(place.resolveSibling(""));
            Files.writeString(place, file.getValue());
        }
        return data;
    }

    @Test
    void a_folder_of_files_has_the_bytes_that_dvc_writes() throws IOException {
        try (Lake lake = lake()) {
            TableRef version = versions(lake)
                    .add(files(), "images", ObjectStore.Keeping.COPY)
                    .version();
            DvcExport.Exported exported = new DvcExport(lake, versions(lake))
                    .export(version, to(folder.resolve("out"), DvcExport.Format.PARQUET));
            Path cache = folder.resolve("out/.dvc/cache/files/md5");
            assertThat(exported.md5()).isEqualTo("a33add33356772483d5ccbc7749a96a3.dir");
            assertThat(cache.resolve("a3/3add33356772483d5ccbc7749a96a3.dir"))
                    .hasContent(
                            "[{\"md5\": \"d41d8cd98f00b204e9800998ecf8427e\", \"relpath\": \"empty.bin\"}, "
                                    + "{\"md5\": \"9dd4e461268c8034f5c8564e155c67a6\", \"relpath\": \"q\\\"uo\\\\te.txt\"}, "
                                    + "{\"md5\": \"e243bb39c844b3543a7726576c869caf\", \"relpath\": \"sub/f1.txt\"}, "
                                    + "{\"md5\": \"3b5d5c3712955042212316173ccf37be\", \"relpath\": \"\\u65e5\\u672c/\\ue000.txt\"}, "
                                    + "{\"md5\": \"60b725f10c9c85c70d97880dfe8191b3\", \"relpath\": \"\\u65e5\\u672c/\\ud83d\\ude00.txt\"}]");
            assertThat(exported.pointer()).hasContent("""
                            outs:
                              - md5: a33add33356772483d5ccbc7749a96a3.dir
                                size: 12
                                nfiles: 5
                                hash: md5
                                path: images
                            meta:
                              tatara:
                                table: raw/images.files
                                version: '%d'
                                rows: 5
                            """.formatted(version.snapshot()));
            assertThat(cache.resolve("60/b725f10c9c85c70d97880dfe8191b3")).hasContent("a\n");
            assertThat(Files.isWritable(cache.resolve("60/b725f10c9c85c70d97880dfe8191b3"))
                            && !System.getProperty("user.name").equals("root"))
                    .isFalse();
        }
    }

    @Test
    void a_table_becomes_a_file_and_is_read_back_by_its_dvc_file_also_from_cache_and_remote() throws IOException {
        Path out = folder.resolve("out");
        Path remote = folder.resolve("remote");
        try (Lake lake = lake()) {
            TableRef version = lake.append(
                    "raw", "shop.orders", "SELECT range AS id, 'ü \"' || range AS name FROM range(100)", Map.of());
            DvcExport export = new DvcExport(lake, versions(lake));
            DvcExport.Exported csv =
                    export.export(version, new DvcExport.Destination(out, DvcExport.Format.CSV, Optional.of(remote)));
            assertThat(csv.data()).isEqualTo(out.resolve("orders.csv"));
            assertThat(Files.readAllLines(csv.data())).hasSize(101).startsWith("id,name");
            assertThat(names(out)).containsExactly("orders");
            Files.delete(csv.data());
            assertThat(names(out)).containsExactly("orders");
            export.export(version, to(out, DvcExport.Format.CSV));
            export.export(version, to(out, DvcExport.Format.PARQUET));
        }
        Path pointer = out.resolve("orders.csv.dvc");
        assertThat(names(pointer)).containsExactly("orders");
        Files.delete(out.resolve("orders.csv"));
        assertThat(DvcData.resolve(pointer, folder.resolve("cache"))).hasFileName("orders.csv");
        assertThat(names(pointer)).containsExactly("orders");
        deleteAll(out.resolve(".dvc/cache"));
        assertThat(DvcData.resolve(pointer, folder.resolve("second"))).hasFileName("orders.csv");
        deleteAll(remote);
        assertThatThrownBy(() -> DvcData.resolve(pointer, folder.resolve("third")))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(DvcErrorCode.DATA_ABSENT));
    }

    private List<String> names(Path pointer) {
        return new Sources(folder.resolve("cache"))
                .discover(List.of(new DataArgument("", pointer.toString()))).stream()
                        .map(SourceTable::name)
                        .toList();
    }

    private static void deleteAll(Path place) throws IOException {
        try (var all = Files.walk(place)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Test
    void data_that_is_not_what_its_dvc_file_says_is_neither_read_nor_overwritten() throws IOException {
        Path out = folder.resolve("out");
        try (Lake lake = lake()) {
            TableRef version = lake.append("raw", "shop.orders", "SELECT 1 AS id", Map.of());
            DvcExport export = new DvcExport(lake, versions(lake));
            export.export(version, to(out, DvcExport.Format.CSV));
            TableRef next = lake.append("raw", "shop.orders", "SELECT 2 AS id", Map.of());
            assertThat(export.export(next, to(out, DvcExport.Format.CSV)).bytes())
                    .isEqualTo(7);
            Files.writeString(out.resolve("orders.csv"), "id\n9\n9\n");
            assertThatThrownBy(() -> export.export(next, to(out, DvcExport.Format.CSV)))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(DvcErrorCode.IN_THE_WAY));
            assertThatThrownBy(() -> names(out.resolve("orders.csv.dvc")))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(DvcErrorCode.DATA_DIFFERS));
            assertThat(out.resolve("orders.csv")).hasContent("id\n9\n9\n");
        }
    }

    @Test
    void an_existing_repository_keeps_its_configuration_and_gets_the_content_in_its_own_cache() throws IOException {
        Path repository = folder.resolve("repository");
        Files.createDirectories(repository.resolve(".dvc"));
        String configuration = "[cache]\n    dir = ../elsewhere\n['remote \"r\"']\n    url = s3://bucket/x\n";
        Files.writeString(repository.resolve(".dvc/config"), configuration);
        try (Lake lake = lake()) {
            TableRef version = lake.append("raw", "p.no", "SELECT 1 AS id", Map.of());
            DvcExport.Exported exported = new DvcExport(lake, versions(lake))
                    .export(version, to(repository.resolve("deep/er"), DvcExport.Format.CSV));
            assertThat(exported.data()).hasFileName("data-no.csv");
            assertThat(repository
                            .resolve("elsewhere/files/md5")
                            .resolve(exported.md5().substring(0, 2))
                            .resolve(exported.md5().substring(2)))
                    .hasContent("id\n1\n");
            assertThat(repository.resolve(".dvc/config")).hasContent(configuration);
            assertThat(repository.resolve("deep/er/.dvc")).doesNotExist();
        }
    }

    @Test
    void other_dvc_files_say_what_is_wrong() throws IOException {
        assertUnusable("outs:\n- md5: 0cc175b9c0f1b6a831c399e269772661\n  path: a\n");
        assertUnusable("outs: []\n");
        assertUnusable("[1, 2]\n");
        assertUnusable("outs:\n- md5: ../../../etc/passwd\n  hash: md5\n  path: a\n");
        Path pointer = Files.writeString(folder.resolve("b.dvc"), "outs: [\n");
        assertThatThrownBy(() -> DvcData.resolve(pointer, folder)).isInstanceOf(ProblemsException.class);
    }

    private void assertUnusable(String text) throws IOException {
        Path pointer = Files.writeString(folder.resolve("a.dvc"), text);
        assertThatThrownBy(() -> DvcData.resolve(pointer, folder))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(DvcErrorCode.POINTER_UNUSABLE));
    }

    @Test
    void names_that_dvc_ignores_are_refused() throws IOException {
        Path data = files();
        Files.createDirectories(data.resolve("x/.git"));
        Files.writeString(data.resolve("x/.git/HEAD"), "ref");
        try (Lake lake = lake()) {
            TableRef version =
                    versions(lake).add(data, "images", ObjectStore.Keeping.COPY).version();
            assertThatThrownBy(() -> new DvcExport(lake, versions(lake))
                            .export(version, to(folder.resolve("out"), DvcExport.Format.CSV)))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("x/.git/HEAD");
        }
    }
}
