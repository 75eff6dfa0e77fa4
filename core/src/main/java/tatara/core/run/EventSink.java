package tatara.core.run;

/** Takes events; called from any thread, must return quickly. */
@FunctionalInterface
public interface EventSink {
    void emit(RunEvent event);

    /** A sink that drops everything. */
    static EventSink none() {
        return event -> {};
    }
}
