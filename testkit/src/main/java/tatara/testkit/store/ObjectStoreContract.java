package tatara.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.Pauses;
import tatara.core.remote.RemoteErrorCode;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;

/** What a connector to an object store does; each one's test extends this with its protocol. */
public abstract class ObjectStoreContract {
    /** A text that must never be seen; it is part of every credential of {@link #credentials}. */
    protected static final String SECRET = "SECRETSECRETSECRETSECRETSECRETSECRETSECRET==";

    @TempDir
    Path directory;

    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final StoreServer store = server();
    private Connector connector = connector(pauses::add);

    /** The connector, which waits in the way that is given. */
    protected abstract Connector connector(Pauses waiting);

    /** A new store that speaks the connector's protocol. */
    protected abstract StoreServer server();

    /** {@code SCHEME://BUCKET/KEY} with options for the server's address and credentials; no option if the key ends with one. */
    protected abstract String location(String address, String key);

    /** What the references of {@link #location} lead to. */
    protected abstract Map<String, String> credentials();

    private final Secrets secrets =
            reference -> Optional.ofNullable(credentials().get(reference))
                    .orElseThrow(() -> new TataraException(RemoteErrorCode.REFERENCE_UNRESOLVED, Fault.of(reference)));

    @BeforeEach
    void start() {
        connector = connector(pauses::add);
    }

    @AfterEach
    void stop() {
        connector.close();
        store.close();
    }

    private List<RemoteObject> list(String key) {
        return connector.list(location(store.web().address(), key), secrets);
    }

    private Path fetch(RemoteObject object) {
        Path target = directory.resolve("copy");
        connector.fetch(object, target, secrets, there -> {});
        return target;
    }

    private static byte[] large() {
        byte[] content = new byte[400_000];
        new Random(5).nextBytes(content);
        return content;
    }

    @Test
    void a_folder_is_listed_to_its_end_in_order() {
        for (int i = 0; i < 2_300; i++) {
            store.put(String.format("folder/part-%04d.csv", i), "x");
        }
        store.put("folder/", "");
        store.put("folder/deeper/", "");
        store.put("folder/deeper/z.csv", "zz");
        store.put("folder-beside/no.csv", "x");
        List<RemoteObject> found = list("folder/");
        List<RemoteObject> data =
                found.stream().filter(object -> !object.name().endsWith("/")).toList();
        assertThat(data).hasSize(2_301);
        assertThat(data).extracting(RemoteObject::name).isSorted();
        assertThat(data.get(0).name()).isEqualTo("deeper/z.csv");
        assertThat(data.get(0).bytes()).isEqualTo(2);
        assertThat(data.get(1).version()).isNotEmpty();
        assertThat(data.get(1).modified()).isPresent();
        assertThat(list("folder")).hasSameSizeAs(found);
        assertThat(store.web().asked()).allMatch(store::isSigned);
    }

    @Test
    void one_object_is_listed_and_copied_and_changes_its_version_with_its_content() {
        store.put("a/b.csv", "x\n1\n");
        store.put("a/b.csv.old", "no");
        List<RemoteObject> found = list("a/b.csv");
        assertThat(found).hasSize(1);
        RemoteObject object = found.get(0);
        assertThat(object.name()).isEqualTo("b.csv");
        assertThat(object.bytes()).isEqualTo(4);
        assertThat(fetch(object)).hasContent("x\n1");
        store.put("a/b.csv", "x\n2\n");
        assertThat(list("a/b.csv").get(0).version()).isNotEqualTo(object.version());
    }

    @Test
    void keys_may_hold_anything() throws Exception {
        List<String> keys = List.of(
                "a b.csv",
                "a+b.csv",
                "a%2Fb.csv",
                "a%20b.csv",
                "grün 木.csv",
                "q?x.csv",
                "h#x.csv",
                "a&b=c.csv",
                "x//y.csv",
                "semi;colon,comma'quote\".csv",
                "~tilde!()*.csv",
                "empty.csv");
        keys.forEach(key -> store.put("odd/" + key, key.equals("empty.csv") ? "" : "content of " + key));
        List<RemoteObject> found = list("odd/");
        assertThat(found).extracting(RemoteObject::name).containsExactlyInAnyOrderElementsOf(keys);
        for (RemoteObject object : found) {
            Path copy = fetch(object);
            String expected = object.name().equals("empty.csv") ? "" : "content of " + object.name();
            assertThat(java.nio.file.Files.readString(copy)).isEqualTo(expected);
            assertThat(connector.list(object.uri(), secrets))
                    .extracting(RemoteObject::uri)
                    .containsExactly(object.uri());
        }
    }

    @Test
    void an_empty_object_beside_a_folder_of_its_name_stands_for_the_folder() {
        store.put("f", "");
        store.put("f/x.csv", "x");
        assertThat(list("f")).extracting(RemoteObject::name).containsExactly("x.csv");
    }

    @Test
    void a_connection_that_dies_goes_on_where_it_was() {
        byte[] content = large();
        store.put("l.bin", content);
        RemoteObject object = list("l.bin").get(0);
        AtomicInteger breaks = new AtomicInteger();
        store.web().forget();
        store.fault(asked ->
                breaks.incrementAndGet() <= 2 ? Optional.of(store.right(asked).dyingAfter(150_000)) : Optional.empty());
        assertThat(fetch(object)).hasBinaryContent(content);
        List<Asked> asked = store.web().asked("GET");
        assertThat(asked).hasSize(3);
        assertThat(asked.get(1).header("range") + asked.get(1).header("x-ms-range"))
                .contains("bytes=");
    }

    @Test
    void an_object_that_changes_between_two_parts_is_never_mixed() {
        store.put("l.bin", large());
        RemoteObject object = list("l.bin").get(0);
        AtomicInteger gets = new AtomicInteger();
        store.fault(asked -> {
            if (gets.incrementAndGet() == 1) {
                Answer first = store.right(asked).dyingAfter(150_000);
                store.put("l.bin", new byte[400_000]);
                return Optional.of(first);
            }
            return Optional.empty();
        });
        fails(RemoteErrorCode.OBJECT_CHANGED, () -> fetch(object));
        assertThat(directory.resolve("copy")).doesNotExist();
    }

    @Test
    void refusals_are_final_and_show_no_credential() {
        store.put("a.csv", "x");
        RemoteObject object = list("a.csv").get(0);
        for (int status : new int[] {401, 403}) {
            store.web().forget();
            store.fault(asked -> Optional.of(
                    Answer.of(status, "the credential " + SECRET + " is wrong").with("WWW-Authenticate", "Bearer")));
            fails(RemoteErrorCode.ACCESS_REFUSED, () -> fetch(object));
            assertThat(store.web().asked()).hasSizeLessThanOrEqualTo(2);
            fails(RemoteErrorCode.ACCESS_REFUSED, () -> list("a.csv"));
            fails(RemoteErrorCode.ACCESS_REFUSED, () -> list("folder/"));
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_is_not_there_is_told_at_once() {
        store.put("a.csv", "x");
        RemoteObject object = list("a.csv").get(0);
        store.objects().clear();
        fails(RemoteErrorCode.OBJECT_NOT_FOUND, () -> fetch(object));
        fails(RemoteErrorCode.OBJECT_NOT_FOUND, () -> list("a.csv"));
        fails(RemoteErrorCode.OBJECT_NOT_FOUND, () -> list("folder/"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_store_that_is_busy_is_asked_again_but_not_for_ever() {
        store.put("a.csv", "x");
        RemoteObject object = list("a.csv").get(0);
        for (int status : new int[] {429, 500, 503}) {
            AtomicInteger asks = new AtomicInteger();
            store.fault(asked -> asks.incrementAndGet() <= 2 ? Optional.of(Answer.of(status, "")) : Optional.empty());
            assertThat(fetch(object)).hasContent("x");
            asks.set(0);
            assertThat(list("a.csv")).hasSize(1);
        }
        store.web().forget();
        store.fault(asked -> Optional.of(Answer.of(503, "")));
        fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> fetch(object));
        fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> list("a.csv"));
        assertThat(store.web().asked()).hasSize(10);
        store.web().close();
        fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> list("a.csv"));
    }

    @Test
    void answers_in_no_known_form_are_told() {
        store.fault(asked -> Optional.of(Answer.of(200, "<html>hello</html>").with("Content-Type", "text/html")));
        assertThatThrownBy(() -> list("folder/"))
                .isInstanceOf(TataraException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void locations_are_checked_before_anything_is_asked() {
        String location = location(store.web().address(), "a.csv");
        fails(RemoteErrorCode.LOCATION_MALFORMED, () -> connector.list(location + "&colour=red", secrets));
        fails(RemoteErrorCode.REFERENCE_UNRESOLVED, () -> connector.list(location.replace("env:", "env:NO_"), secrets));
        assertThat(store.web().asked()).isEmpty();
    }

    private static void fails(RemoteErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining(SECRET);
    }
}
