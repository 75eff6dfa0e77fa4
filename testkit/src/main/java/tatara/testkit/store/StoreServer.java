package tatara.testkit.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;
import tatara.testkit.web.FaultyServer;

/** An object store in memory behind a web server; subclasses speak a protocol. Thread-safe. */
public abstract class StoreServer implements AutoCloseable {
    /** The one bucket or container. */
    public static final String BUCKET = "bucket";

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final FaultyServer web = FaultyServer.start(this::handle);
    private volatile Function<Asked, Optional<Answer>> faults = asked -> Optional.empty();

    /** The protocol's answer. */
    protected abstract Answer answer(Asked asked);

    /** Whether a request carries a signature or token made from the right credentials' names. */
    public abstract boolean isSigned(Asked asked);

    private Answer handle(Asked asked) {
        return faults.apply(asked).orElseGet(() -> answer(asked));
    }

    public final FaultyServer web() {
        return web;
    }

    public final void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    public final void put(String key, byte[] content) {
        objects.put(key, content);
    }

    /** Objects by key, sorted. */
    public final Map<String, byte[]> objects() {
        return objects;
    }

    /** What is answered instead of the protocol's answer. */
    public final void fault(Function<Asked, Optional<Answer>> instead) {
        faults = instead;
    }

    /** The protocol's answer, for faults that change it. */
    public final Answer right(Asked asked) {
        return answer(asked);
    }

    /** A quoted tag that changes with the content. */
    protected static String tag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "-" + content.length + "\"";
    }

    @Override
    public final void close() {
        web.close();
    }
}
