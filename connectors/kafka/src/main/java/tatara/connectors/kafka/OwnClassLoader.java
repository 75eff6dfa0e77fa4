package tatara.connectors.kafka;

import java.util.function.Supplier;

/** Kafka's client finds its parts through the calling thread's class loader, which is the program's and knows none of them. */
final class OwnClassLoader {
    private OwnClassLoader() {}

    /** Runs something that calls the client. */
    static <T> T with(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
