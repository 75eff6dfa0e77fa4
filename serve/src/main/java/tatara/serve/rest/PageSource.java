package tatara.serve.rest;

import java.util.Optional;

/** Pages that the server shows beside its own, such as {@code /} and reports. Thread-safe; called off the event loop. */
@FunctionalInterface
public interface PageSource {
    /** @param path decoded path from {@code /}, without the query */
    Optional<Page> find(String path);

    static PageSource none() {
        return path -> Optional.empty();
    }
}
