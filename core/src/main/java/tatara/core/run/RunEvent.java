package tatara.core.run;

/** What happens during a run; terminal, web page and log file are listeners. */
public sealed interface RunEvent {
    /** A step began. */
    record StepStarted(String step, int phase, String title) implements RunEvent {}

    /** A step ended with a result; {@code cached} if the result was there already. */
    record StepFinished(String step, int phase, double seconds, boolean cached, String summary) implements RunEvent {}

    /** A step ended without a result. */
    record StepFailed(String step, int phase, String message) implements RunEvent {}

    /** How far a step is; {@code total} 0 if unknown. */
    record Progress(String step, long done, long total, String unit) implements RunEvent {}

    /** A candidate was scored. */
    record Scored(String candidate, String metric, double value, double best) implements RunEvent {}

    /** Something a person should know. */
    record Note(String step, String message) implements RunEvent {}
}
