package tatara.data.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceFile;
import tatara.core.remote.RemoteErrorCode;
import tatara.core.spec.DataArgument;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;

/** Local copies of a folder of objects: what is copied, under which names, what is removed, what happens at once and offline. */
final class RemoteCopiesTest {
    @TempDir
    Path directory;

    private final Bucket bucket = new Bucket();

    private Remote remote() {
        return new Remote(directory.resolve("cache"));
    }

    private static String relative(Copied copied, String uri) {
        return copied.origins().entrySet().stream()
                .filter(entry -> entry.getValue().equals(uri))
                .map(entry -> copied.place().relativize(entry.getKey()).toString())
                .findFirst()
                .orElse("");
    }

    @Test
    void only_what_is_new_or_changed_is_copied_and_what_vanished_is_removed() {
        bucket.objects.put("sales/2020/a.csv", "x\n1\n");
        bucket.objects.put("sales/2020/b.csv", "x\n2\n");
        bucket.objects.put("sales/2021/c.csv", "x\n3\n");
        Remote remote = remote();
        Copied copied = remote.copies(bucket, false).copy("mem://b/sales/");
        assertThat(copied.place().getFileName().toString()).isEqualTo("sales");
        assertThat(copied.place().resolve("2021/c.csv")).hasContent("x\n3");
        bucket.fetched.clear();
        bucket.objects.remove("sales/2021/c.csv");
        bucket.objects.put("sales/2020/b.csv", "x\n22\n");
        bucket.objects.put("sales/2020/d.csv", "x\n4\n");
        remote.copies(bucket, false).copy("mem://b/sales/");
        assertThat(bucket.fetched).containsExactlyInAnyOrder("sales/2020/b.csv", "sales/2020/d.csv");
        assertThat(copied.place().resolve("2021")).doesNotExist();
        assertThat(copied.place().resolve("2020/b.csv")).hasContent("x\n22");
        assertThat(remote.finished().summary()).isEqualTo("2 of 3 objects, 9 bytes; 1 removed");
    }

    @Test
    void a_copy_that_was_lost_or_damaged_is_made_again() throws IOException {
        bucket.objects.put("s/a.csv", "x\n1\n");
        bucket.objects.put("s/b.csv", "x\n2\n");
        Remote remote = remote();
        Copied copied = remote.copies(bucket, false).copy("mem://b/s/");
        Files.delete(copied.place().resolve("a.csv"));
        Files.writeString(copied.place().resolve("b.csv"), "cut");
        Files.writeString(copied.place().resolve("stray.csv"), "x\n9\n");
        remote.copies(bucket, false).copy("mem://b/s/");
        assertThat(copied.place().resolve("a.csv")).hasContent("x\n1");
        assertThat(copied.place().resolve("b.csv")).hasContent("x\n2");
        assertThat(copied.place().resolve("stray.csv")).doesNotExist();
    }

    @Test
    void names_that_may_hold_anything_stay_inside_and_apart() throws IOException {
        List<String> keys = List.of(
                "../../../evil.csv",
                "a b.csv",
                "a+b.csv",
                "a%2Fb.csv",
                "grün 木.csv",
                "new\nline.csv",
                "Case.csv",
                "case.csv",
                "x",
                "x/inside.csv",
                "d//e.csv",
                "back\\slash.csv",
                "n\u0000ul.csv",
                "./dot.csv",
                "y".repeat(600) + ".csv");
        keys.forEach(key -> bucket.objects.put("k/" + key, "v\n" + key.hashCode() + "\n"));
        bucket.objects.put("k/folder/", "");
        bucket.objects.put("k/_SUCCESS", "");
        bucket.objects.put("k/.hidden/z.csv", "v\n0\n");
        Copied copied = remote().copies(bucket, false).copy("mem://b/k/");
        assertThat(copied.origins()).hasSize(keys.size());
        for (var entry : copied.origins().entrySet()) {
            assertThat(entry.getKey().normalize()).startsWith(copied.place());
            String key = entry.getValue().substring("mem://b/k/".length());
            assertThat(Files.readString(entry.getKey())).as(key).isEqualTo("v\n" + key.hashCode() + "\n");
        }
        assertThat(relative(copied, "mem://b/k/a%2Fb.csv")).isEqualTo("a%2Fb.csv");
        assertThat(relative(copied, "mem://b/k/x/inside.csv")).isEqualTo("x/inside.csv");
        assertThat(directory.resolve("evil.csv")).doesNotExist();
    }

    @Test
    void ten_thousand_objects_are_compared_by_their_versions_alone() {
        for (int i = 0; i < 10_000; i++) {
            bucket.objects.put(String.format("many/part-%05d.csv", i), "x\n" + i + "\n");
        }
        Remote remote = remote();
        assertThat(remote.copies(bucket, false).copy("mem://b/many/").origins()).hasSize(10_000);
        bucket.fetched.clear();
        bucket.objects.put("many/part-05000.csv", "x\nchanged\n");
        remote.copies(bucket, false).copy("mem://b/many/");
        assertThat(bucket.fetched).containsExactly("many/part-05000.csv");
    }

    @Test
    void two_at_once_copy_once() throws Exception {
        for (int i = 0; i < 50; i++) {
            bucket.objects.put("s/" + i + ".csv", "x\n" + i + "\n");
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Copied> one = () -> remote().copies(bucket, false).copy("mem://b/s/");
            for (Future<Copied> copied : pool.invokeAll(List.of(one, one, one, one))) {
                assertThat(copied.get().origins()).hasSize(50);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(bucket.fetched).hasSize(50);
    }

    @Test
    void what_was_copied_before_a_failure_is_kept() {
        for (int i = 0; i < 40; i++) {
            bucket.objects.put("s/" + i + ".csv", "x\n" + i + "\n");
        }
        bucket.beforeFetch = () -> {
            if (bucket.fetched.size() >= 20) {
                throw new TataraException(RemoteErrorCode.PLACE_UNAVAILABLE, Fault.of("gone"));
            }
        };
        Remote remote = remote();
        fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> remote.copies(bucket, false)
                .copy("mem://b/s/"));
        fails(RemoteErrorCode.OFFLINE, () -> remote.copies(bucket, true).copy("mem://b/s/"));
        int before = bucket.fetched.size();
        bucket.beforeFetch = () -> {};
        remote.copies(bucket, false).copy("mem://b/s/");
        assertThat(bucket.fetched)
                .as("up to eight copies are under way when one fails")
                .hasSizeLessThanOrEqualTo(before + 20 + 8)
                .hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void an_object_that_changes_while_it_is_copied_is_copied_as_it_is_then() {
        bucket.objects.put("s/a.csv", "x\n1\n");
        int[] calls = {0};
        bucket.beforeFetch = () -> {
            if (calls[0]++ == 0) {
                bucket.objects.put("s/a.csv", "x\n22\n");
                throw new TataraException(RemoteErrorCode.OBJECT_CHANGED, Fault.of("changed"));
            }
        };
        Remote remote = remote();
        assertThat(remote.copies(bucket, false).copy("mem://b/s/a.csv").place()).hasContent("x\n22");
        bucket.fetched.clear();
        remote.copies(bucket, false).copy("mem://b/s/a.csv");
        assertThat(bucket.fetched).isEmpty();
    }

    @Test
    void offline_uses_a_whole_copy_and_asks_nobody() {
        bucket.objects.put("s/a.csv", "x\n1\n");
        Remote remote = remote();
        fails(RemoteErrorCode.OFFLINE, () -> remote.copies(bucket, true).copy("mem://b/s/"));
        Copied online = remote.copies(bucket, false).copy("mem://b/s/");
        bucket.objects.clear();
        assertThat(remote.copies(bucket, true).copy("mem://b/s/")).isEqualTo(online);
        assertThat(remote.events.toString()).contains("offline: the copy of mem://b/s/ is used as it is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mem://user:hunter2@b/s/",
                "https://hunter2@host/s.csv",
                "mem://b/s?secret-key=hunter2",
                "az://c/s?sas=sv=2020&sig=hunter2",
                "https://h/s.csv?sig=hunter2",
                "https://h/s.csv?X-Amz-Signature=hunter2",
                "https://h/s.csv#bearer=hunter2",
                "https://h/s.csv#signed-query=hunter2",
                "postgresql://h/db?user=a&password=hunter2",
                "s3://b/s?endpoint=http://h&session-token=hunter2"
            })
    void a_credential_in_a_location_is_refused_and_not_shown(String location) {
        Remote remote = remote();
        assertThatThrownBy(() -> remote.copies(bucket, false).copy(location))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RemoteErrorCode.SECRET_IN_LOCATION))
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("env:NAME");
        assertThat(remote.events).isEmpty();
        assertThat(remote.cache).doesNotExist();
    }

    @Test
    void an_unknown_scheme_is_told_with_those_that_are_known() {
        assertThatThrownBy(() -> remote().copies(bucket, false).copy("ftp://host/x.csv"))
                .hasMessageContaining("nothing here reads ftp://")
                .hasMessageContaining("mem://");
        assertThatThrownBy(() -> new Sources(directory.resolve("cache"))
                        .discover(List.of(new DataArgument("", "s3://bucket/x.csv"))))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RemoteErrorCode.SCHEME_UNKNOWN));
    }

    @Test
    void sources_know_where_their_files_come_from_and_errors_say_so() {
        bucket.objects.put("s/part-1.csv", "id,word\n1,a\n2,b\n");
        bucket.objects.put("s/part-2.csv", "id,word\n3,c\n");
        Remote remote = remote();
        Sources sources = new Sources(remote.cache, remote.copies(bucket, false));
        List<SourceTable> tables = sources.discover(List.of(new DataArgument("", "mem://b/s/")));
        assertThat(tables).hasSize(1);
        assertThat(tables.get(0).files())
                .extracting(SourceFile::place)
                .containsExactly("mem://b/s/part-1.csv", "mem://b/s/part-2.csv");
        bucket.objects.put("s/part-3.csv", "");
        assertThatThrownBy(() -> sources.discover(List.of(new DataArgument("", "mem://b/s/part-3.csv"))))
                .hasMessageContaining("mem://b/s/part-3.csv")
                .hasMessageNotContaining(remote.cache.toString());
        assertThat(sources.frames("mem://b/s/part-2.csv").rows()).isLessThanOrEqualTo(1);
    }

    private static void fails(RemoteErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TataraException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
