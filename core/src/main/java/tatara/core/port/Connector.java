package tatara.core.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A kind of place that data is copied from: an object store, a web server, a database, a topic (D1). What is copied lies in a local
 * file that is read like any other. Found by {@link java.util.ServiceLoader}. Thread-safe.
 *
 * <p>Errors are {@link tatara.core.error.TataraException}s of type {@code EXTERNAL} (the place does not answer, refuses the
 * credentials, ends in the middle) or {@code USER} (a location that cannot be). No error, log or record shows a secret.
 */
public interface Connector extends AutoCloseable {
    /** URI schemes in lower case, such as {@code s3}. */
    Set<String> schemes();

    /**
     * What lies at a location: the one object, all objects below a folder, the tables of a database. In the order of their names.
     *
     * @param location URI; credentials in it are references such as {@code env:NAME}, see {@link Secrets}
     */
    List<RemoteObject> list(String location, Secrets secrets);

    /**
     * Copies an object to a local file, which is there whole or not at all. Begins again where it broke off, if the place can.
     *
     * @param object from {@link #list} of this connector
     * @param target file to write; its directory exists
     * @param progress hears the bytes that are there so far
     */
    void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress);

    /**
     * The location of what came after a copy, for a place that can tell (D4): a topic knows which records are newer.
     *
     * @param version {@link RemoteObject#version} of the copy; empty if there was none
     * @return empty if everything has to be read again
     */
    default Optional<String> after(String location, String version) {
        return Optional.empty();
    }

    /**
     * The location of the rows whose column is not below a value, for a place that can select rows (D4): a database.
     *
     * @param value a number, or a time of UTC as {@code yyyy-MM-dd HH:mm:ss.SSSSSS}
     * @return empty if all rows have to be read
     */
    default Optional<String> since(String location, String column, String value) {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
