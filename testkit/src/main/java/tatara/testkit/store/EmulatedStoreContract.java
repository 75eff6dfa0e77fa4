package tatara.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.RemoteErrorCode;

/** A connector against a server that others wrote, filled through the store's own client. */
public abstract class EmulatedStoreContract {
    private static final int MANY = 1_205;

    @TempDir
    Path directory;

    protected abstract Connector connector();

    /** Writes an object with the store's own client. */
    protected abstract void put(String key, byte[] content);

    protected abstract String location(String key);

    protected abstract Map<String, String> credentials();

    /** Names that the server itself can hold and list. */
    protected List<String> oddNames() {
        return List.of(
                "a b.csv",
                "a+b.csv",
                "a%2Fb.csv",
                "a%20b.csv",
                "grün 木.csv",
                "q?x.csv",
                "h#x.csv",
                "a&b=c.csv",
                "~!()*'.csv");
    }

    /** Whether the server refuses to give an object that is no longer the version that was asked for. */
    protected boolean honoursConditions() {
        return true;
    }

    private final Secrets secrets =
            reference -> Objects.requireNonNull(credentials().get(reference), reference);

    private Path fetch(RemoteObject object) {
        Path target = directory.resolve("copy");
        connector().fetch(object, target, secrets, there -> {});
        return target;
    }

    @Test
    void many_objects_are_listed_in_order() {
        for (int i = 0; i < MANY; i++) {
            put(String.format("many/part-%05d.csv", i), new byte[] {'x'});
        }
        assertThat(connector().list(location("many/"), secrets))
                .hasSize(MANY)
                .extracting(RemoteObject::name)
                .isSorted()
                .startsWith("part-00000.csv")
                .endsWith("part-01204.csv");
    }

    @Test
    void odd_names_come_back_as_they_are() throws IOException {
        for (String name : oddNames()) {
            put("odd/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        List<RemoteObject> found = connector().list(location("odd/"), secrets);
        assertThat(found).extracting(RemoteObject::name).containsExactlyInAnyOrderElementsOf(oddNames());
        for (RemoteObject object : found) {
            assertThat(Files.readString(fetch(object))).isEqualTo(object.name());
            assertThat(connector().list(object.uri(), secrets)).containsExactly(object);
        }
    }

    @Test
    void large_and_empty_objects_are_copied_whole() {
        byte[] content = new byte[11_000_000];
        new Random(3).nextBytes(content);
        put("large.bin", content);
        put("empty.bin", new byte[0]);
        assertThat(fetch(connector().list(location("large.bin"), secrets).get(0)))
                .hasBinaryContent(content);
        assertThat(fetch(connector().list(location("empty.bin"), secrets).get(0)))
                .hasBinaryContent(new byte[0]);
    }

    @Test
    void a_half_of_an_earlier_copy_is_completed() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(4).nextBytes(content);
        put("half.bin", content);
        RemoteObject object = connector().list(location("half.bin"), secrets).get(0);
        Path target = directory.resolve("copy");
        assertThatThrownBy(() -> connector().fetch(object, target, secrets, there -> {
                    if (there > 1_000_000) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        long[] first = {-1};
        connector().fetch(object, target, secrets, there -> first[0] = first[0] < 0 ? there : first[0]);
        assertThat(first[0]).isGreaterThan(1_000_000);
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void a_new_content_is_a_new_version_and_the_old_one_is_not_read_any_more() {
        put("v.csv", "one".getBytes(StandardCharsets.UTF_8));
        RemoteObject before = connector().list(location("v.csv"), secrets).get(0);
        put("v.csv", "two".getBytes(StandardCharsets.UTF_8));
        RemoteObject after = connector().list(location("v.csv"), secrets).get(0);
        assertThat(after.version()).isNotEqualTo(before.version());
        if (honoursConditions()) {
            fails(RemoteErrorCode.OBJECT_CHANGED, () -> fetch(before));
        }
        assertThat(fetch(after)).hasContent("two");
    }

    @Test
    void what_is_not_there_is_told() {
        fails(RemoteErrorCode.OBJECT_NOT_FOUND, () -> connector().list(location("nothing.csv"), secrets));
        fails(RemoteErrorCode.OBJECT_NOT_FOUND, () -> connector().list(location("nothing/"), secrets));
    }

    private static void fails(RemoteErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TataraException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
