package tatara.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Freed;
import tatara.data.lake.Lake;

class FileVersionsTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void make() throws IOException {
        data = folder.resolve("data");
        write("a.txt", "a");
        write("below/b.txt", "b");
        write("below/日本/é 😀.bin", "a");
        write("empty", "");
        write("line\nbreak\tand\\more", "c");
        write("large", "0123456789".repeat(300_000));
    }

    private void write(String path, String text) throws IOException {
        Path file = data.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private Lake lake() {
        return Lake.open(folder.resolve("home"), 200, 1);
    }

    private FileVersions versions(Lake lake) {
        return new FileVersions(lake, folder.resolve("home/cache"));
    }

    @Test
    void versions_come_back_as_they_were() throws IOException {
        Map<String, String> first = contents(data);
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            TableRef before =
                    versions.add(data, "docs", ObjectStore.Keeping.COPY).version();
            write("a.txt", "changed, and longer");
            Files.delete(data.resolve("empty"));
            write("new", "n");
            FileChanges changes = versions.status(data, "docs");
            assertThat(changes.changed()).containsExactly("a.txt");
            assertThat(changes.removed()).containsExactly("empty");
            assertThat(changes.added()).containsExactly("new");
            assertThat(changes.read()).isEqualTo(2);
            FileVersions.Added added = versions.add(data, "docs", ObjectStore.Keeping.COPY);
            assertThat(added.made()).isTrue();
            assertThat(versions.add(data, "docs", ObjectStore.Keeping.COPY).made())
                    .isFalse();
            assertThat(versions.restore(before, folder.resolve("old"), false).written())
                    .isEqualTo(6);
            assertThat(contents(folder.resolve("old"))).isEqualTo(first);
            versions.restore(added.version(), folder.resolve("new"), false);
            assertThat(contents(folder.resolve("new"))).isEqualTo(contents(data));
            assertThat(lake.history().log("raw", "docs.files", "main")).hasSize(2);
        }
    }

    @Test
    void only_what_changed_is_read_again_also_by_another_process() throws IOException {
        try (Lake lake = lake()) {
            assertThat(versions(lake)
                            .add(data, "docs", ObjectStore.Keeping.COPY)
                            .changes()
                            .read())
                    .isEqualTo(6);
        }
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            assertThat(versions.status(data, "docs").read()).isZero();
            Files.writeString(data.resolve("a.txt"), "b");
            Files.setLastModifiedTime(
                    data.resolve("a.txt"), FileTime.from(LONG_AGO.toInstant().plusSeconds(1)));
            FileChanges changes = versions.status(data, "docs");
            assertThat(changes.read()).isEqualTo(1);
            assertThat(changes.changed()).containsExactly("a.txt");
            assertThat(versions.files(lake.current("raw", "docs.files").orElseThrow()))
                    .extracting(StoredFile::path)
                    .containsExactly(
                            "a.txt", "below/b.txt", "below/日本/é 😀.bin", "empty", "large", "line\nbreak\tand\\more");
        }
    }

    @Test
    void a_file_that_was_just_written_is_read_again_even_if_its_size_and_time_are_the_same() throws IOException {
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            FileTime now = FileTime.from(Instant.now());
            Files.setLastModifiedTime(data.resolve("a.txt"), now);
            versions.add(data, "docs", ObjectStore.Keeping.COPY);
            Files.writeString(data.resolve("a.txt"), "z");
            Files.setLastModifiedTime(data.resolve("a.txt"), now);
            assertThat(versions.status(data, "docs").changed()).containsExactly("a.txt");
        }
    }

    @Test
    void content_lies_in_the_store_once_and_links_share_it() throws IOException {
        try (Lake lake = lake()) {
            versions(lake).add(data, "docs", ObjectStore.Keeping.COPY);
            try (Stream<Path> objects = Files.walk(folder.resolve("home/lake/objects"))) {
                assertThat(objects.filter(Files::isRegularFile)).hasSize(5);
            }
        }
        try (Lake lake = Lake.open(folder.resolve("linked"), 200, 1)) {
            FileVersions versions = new FileVersions(lake, folder.resolve("linked/cache"));
            TableRef version =
                    versions.add(data, "docs", ObjectStore.Keeping.LINK).version();
            String hash = versions.files(version).get(4).sha256();
            Path object = folder.resolve("linked/lake/objects")
                    .resolve(hash.substring(0, 2))
                    .resolve(hash.substring(2));
            assertThat(Files.isSameFile(object, data.resolve("large"))).isTrue();
        }
    }

    @Test
    void content_that_no_version_needs_goes_and_the_rest_comes_back() throws IOException {
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            TableRef first =
                    versions.add(data, "docs", ObjectStore.Keeping.LINK).version();
            TableRef other = versions.add(data.resolve("below"), "below", ObjectStore.Keeping.COPY)
                    .version();
            Map<String, String> below = contents(data.resolve("below"));
            Files.delete(data.resolve("a.txt"));
            write("a.txt", "only in the second");
            Files.delete(data.resolve("large"));
            TableRef second =
                    versions.add(data, "docs", ObjectStore.Keeping.COPY).version();
            Instant later = Instant.now().plusSeconds(3 * 86_400);
            assertThat(versions.sweep(version -> version.equals(first), Instant.now(), false)
                            .files())
                    .as("an add may be under way")
                    .isZero();
            Freed would = versions.sweep(version -> version.equals(first), later, true);
            assertThat(would).isEqualTo(new Freed(1, 3_000_000));
            assertThat(versions.sweep(version -> false, later, false)).isEqualTo(Freed.NOTHING);
            lake.history().tag("raw", "docs.files", "kept", Long.toString(first.snapshot()));
            lake.history().expire("raw", "docs.files", java.util.Set.of());
            assertThat(versions.sweep(version -> false, later, false)).isEqualTo(Freed.NOTHING);
            lake.history().untag("raw", "docs.files", "kept");
            lake.history().expire("raw", "docs.files", java.util.Set.of());
            assertThat(versions.sweep(version -> false, later, false)).isEqualTo(would);
            versions.restore(second, folder.resolve("second"), false);
            assertThat(contents(folder.resolve("second"))).isEqualTo(contents(data));
            versions.restore(other, folder.resolve("other"), false);
            assertThat(contents(folder.resolve("other"))).isEqualTo(below);
        }
    }

    @Test
    void damaged_and_missing_content_is_noticed_and_named() throws IOException {
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            TableRef version =
                    versions.add(data, "docs", ObjectStore.Keeping.COPY).version();
            String hash = versions.files(version).get(4).sha256();
            Path object = folder.resolve("home/lake/objects")
                    .resolve(hash.substring(0, 2))
                    .resolve(hash.substring(2));
            Files.delete(object);
            assertThatThrownBy(() -> versions.restore(version, folder.resolve("out"), false))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.CONTENT_LOST));
            Files.writeString(object, "tampered");
            assertThatThrownBy(() -> versions.restore(version, folder.resolve("out2"), false))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining(hash.substring(2));
            versions.add(data, "docs", ObjectStore.Keeping.COPY);
            assertThat(versions.restore(version, folder.resolve("out3"), false).written())
                    .isEqualTo(6);
        }
    }

    @Test
    void what_is_in_the_way_is_not_overwritten_unless_it_is_asked_for() throws IOException {
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            TableRef version =
                    versions.add(data, "docs", ObjectStore.Keeping.COPY).version();
            Path out = folder.resolve("out");
            Files.createDirectories(out);
            Files.writeString(out.resolve("a.txt"), "mine");
            Files.writeString(out.resolve("other"), "mine too");
            assertThatThrownBy(() -> versions.restore(version, out, false))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.FILE_IN_THE_WAY));
            assertThat(contents(out)).containsOnlyKeys("a.txt", "other");
            assertThat(versions.restore(version, out, true)).isEqualTo(new FileVersions.Restored(6, 0, 1));
            assertThat(versions.restore(version, out, false)).isEqualTo(new FileVersions.Restored(0, 6, 1));
        }
    }

    @Test
    void a_list_that_leads_out_of_the_folder_writes_nothing_there() {
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            TableRef forged = lake.replace(
                    "raw",
                    "docs.files",
                    "SELECT '../outside' AS path, 1::BIGINT AS bytes, '" + "0".repeat(64) + "' AS sha256");
            assertThatThrownBy(() -> versions.restore(forged, folder.resolve("out"), false))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("../outside");
            TableRef other = lake.replace("raw", "docs.other", "SELECT 1 AS id");
            assertThatThrownBy(() -> versions.files(other))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.NO_FILE_LIST));
            assertThat(folder.resolve("outside")).doesNotExist();
        }
    }

    @Test
    void folders_that_cannot_be_taken_say_why() throws IOException {
        Files.createSymbolicLink(data.resolve("loop"), data);
        try (Lake lake = lake()) {
            FileVersions versions = versions(lake);
            assertThatThrownBy(() -> versions.add(data, "docs", ObjectStore.Keeping.COPY))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("a link to a folder");
            assertThatThrownBy(() -> versions.add(folder.resolve("none"), "docs", ObjectStore.Keeping.COPY))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.FILES_NOT_FOUND));
            Files.createDirectories(folder.resolve("nothing"));
            assertThatThrownBy(() -> versions.add(folder.resolve("nothing"), "docs", ObjectStore.Keeping.COPY))
                    .isInstanceOf(TataraException.class);
            assertThat(lake.tables()).isEmpty();
            assertThat(List.of(versions.add(data.resolve("large"), "one", ObjectStore.Keeping.NONE)
                            .changes()
                            .added()))
                    .containsExactly(List.of("large"));
        }
    }
}
