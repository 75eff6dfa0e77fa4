package tatara.data.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.files.FileVersions;
import tatara.data.files.ObjectStore;
import tatara.data.lake.Lake;
import tatara.data.version.dvc.DvcData;
import tatara.data.version.dvc.DvcExport;

@Tag("slow")
class DvcTest {
    @TempDir
    private Path folder;

    private Path dvc;
    private Path out;

    @BeforeEach
    void export() throws Exception {
        dvc = Peer.python("dvc-3.67.1", "dvc==3.67.1").resolve("dvc");
        out = folder.resolve("out");
        Path data = folder.resolve("images");
        for (int i = 0; i < 1000; i++) {
            Path file = data.resolve("sub " + i % 7).resolve("ünï 日本 😀 " + i + ".bin");
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, i % 100 == 0 ? "" : "content\r\n" + i);
        }
        Files.write(data.resolve("large.bin"), new byte[3_000_000]);
        try (Lake lake = Lake.open(folder.resolve("home"), 200, 1)) {
            FileVersions files = new FileVersions(lake, folder.resolve("home/cache"));
            TableRef images =
                    files.add(data, "images", ObjectStore.Keeping.COPY).version();
            TableRef orders = lake.append("raw", "shop.orders", "SELECT range AS id FROM range(1000)", Map.of());
            TableRef none = lake.append("raw", "shop.none", "SELECT 1 AS id WHERE false", Map.of());
            DvcExport export = new DvcExport(lake, files);
            Optional<Path> remote = Optional.of(folder.resolve("remote"));
            export.export(images, new DvcExport.Destination(out, DvcExport.Format.PARQUET, remote));
            export.export(orders, new DvcExport.Destination(out, DvcExport.Format.PARQUET, remote));
            export.export(none, new DvcExport.Destination(out, DvcExport.Format.CSV, remote));
        }
    }

    private String dvc(int exit, String... arguments) throws IOException, InterruptedException {
        String[] command =
                Stream.concat(Stream.of(dvc.toString()), Stream.of(arguments)).toArray(String[]::new);
        Peer.Output output = Peer.run(out, Map.of("DVC_NO_ANALYTICS", "1"), command);
        assertThat(output.exit()).as(output.out() + output.err()).isEqualTo(exit);
        return output.out() + output.err();
    }

    private Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().contains("/.dvc/")) {
                    contents.put(
                            root.relativize(file).toString(),
                            java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }

    private void delete(String... names) throws IOException {
        for (String name : names) {
            try (Stream<Path> all = Files.walk(out.resolve(name))) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    @Test
    void real_dvc_takes_an_export_for_its_own() throws Exception {
        Map<String, String> exported = contents(out);
        assertThat(exported).hasSize(1001 + 2 + 3);
        assertThat(dvc(0, "status")).contains("Data and pipelines are up to date");
        assertThat(dvc(0, "status", "--cloud")).contains("in sync");
        delete("images", "orders.parquet", "none.csv");
        dvc(0, "checkout");
        assertThat(contents(out)).isEqualTo(exported);
        delete("images", "orders.parquet", "none.csv", ".dvc/cache");
        dvc(0, "pull");
        assertThat(contents(out)).isEqualTo(exported);
        assertThat(dvc(0, "status")).contains("up to date");
    }

    @Test
    void real_dvc_sees_what_was_tampered_with() throws Exception {
        Files.writeString(out.resolve("images/sub 3/ünï 日本 😀 3.bin"), "other");
        assertThat(dvc(0, "status")).contains("images.dvc", "modified");
        delete("images");
        dvc(0, "checkout", "--force");
        assertThat(dvc(0, "status")).contains("up to date");
    }

    @Test
    void real_dvc_computes_the_same_hashes_and_what_it_tracks_is_read() throws Exception {
        String ours = Files.readString(out.resolve("images.dvc"));
        dvc(0, "add", "images");
        assertThat(Files.readString(out.resolve("images.dvc")).lines().findFirst())
                .contains("outs:");
        assertThat(md5(Files.readString(out.resolve("images.dvc")))).isEqualTo(md5(ours));
        Files.writeString(out.resolve("theirs.csv"), "a,b\r\n1,2\r\n");
        dvc(0, "add", "theirs.csv");
        delete("theirs.csv");
        Path found = DvcData.resolve(out.resolve("theirs.csv.dvc"), folder.resolve("cache"));
        assertThat(Files.readString(found)).isEqualTo("a,b\r\n1,2\r\n");
        delete("images");
        assertThat(contents(DvcData.resolve(out.resolve("images.dvc"), folder.resolve("cache"))))
                .hasSize(1001);
    }

    private static String md5(String pointer) {
        return pointer.lines()
                .filter(line -> line.contains("md5: "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*md5: ", "");
    }
}
