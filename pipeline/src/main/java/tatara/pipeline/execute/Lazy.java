package tatara.pipeline.execute;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part that is made when it is first asked for, and closed if it was made. Thread-safe. */
public final class Lazy<T> implements Supplier<T>, AutoCloseable {
    private final Supplier<T> make;
    private @Nullable T made;

    public Lazy(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public synchronized T get() {
        T value = made;
        if (value == null) {
            value = make.get();
            made = value;
        }
        return value;
    }

    @Override
    public synchronized void close() {
        T value = made;
        made = null;
        if (value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.translate("closing " + value.getClass().getSimpleName(), e);
            } catch (Exception e) {
                throw Failures.translate("closing " + value.getClass().getSimpleName(), e);
            }
        }
    }
}
