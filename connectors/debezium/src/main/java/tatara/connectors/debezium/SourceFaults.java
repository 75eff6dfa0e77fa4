package tatara.connectors.debezium;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Tells from a failure of the driver or the connector who has to act. */
final class SourceFaults {
    private SourceFaults() {}

    /** The failure as it is shown. */
    static TataraException translate(Throwable failure, PostgresLocation location) {
        if (failure instanceof TataraException known) {
            return known;
        }
        String state = state(failure);
        String message = message(failure);
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "28" ->
                fault(FeedErrorCode.LOGIN_REFUSED, "the server refused the login: " + message, location, failure)
                        .todo("Check the user, and what password=… refers to")
                        .exception();
            case "3D" ->
                fault(FeedErrorCode.TABLE_MISSING, message, location, failure)
                        .todo("Check the database's name")
                        .exception();
            default -> other(state, message, location, failure);
        };
    }

    private static TataraException other(String state, String message, PostgresLocation location, Throwable failure) {
        return switch (state) {
            case "42501" ->
                fault(FeedErrorCode.NOT_PREPARED, "no right to follow the table: " + message, location, failure)
                        .todo("Let an administrator run: ALTER ROLE \"" + location.user()
                                + "\" REPLICATION; and make this user the table's owner, or make a publication for the table"
                                + " and give its name with &publication=NAME")
                        .exception();
            case "53400", "53300" ->
                fault(FeedErrorCode.NOT_PREPARED, "the server has no room left: " + message, location, failure)
                        .todo(
                                "Drop slots that nobody reads (pg_replication_slots), or raise max_replication_slots and max_wal_senders")
                        .exception();
            case "55006" ->
                fault(FeedErrorCode.SLOT_IN_USE, message, location, failure)
                        .todo("Stop the other process, or give a slot of its own with &slot=NAME")
                        .exception();
            case "55000" ->
                fault(FeedErrorCode.NOT_PREPARED, message, location, failure)
                        .todo("Set wal_level = logical in postgresql.conf and restart the server")
                        .exception();
            case "42P01", "3F000" ->
                fault(FeedErrorCode.TABLE_MISSING, message, location, failure)
                        .todo("Check the table's name and schema")
                        .exception();
            default ->
                isConnection(failure)
                        ? fault(FeedErrorCode.SERVER_UNREACHABLE, "no connection: " + message, location, failure)
                                .todo(
                                        "Check that the server runs and is reached from here, and start again: it goes on where it was")
                                .exception()
                        : fault(FeedErrorCode.CAPTURE_FAILED, message, location, failure)
                                .todo(
                                        "Start again: it goes on where it was. The log is debezium.log in the table's folder under lake/changes")
                                .exception();
        };
    }

    /** Whether trying again, with nothing changed by a person, may help. */
    static boolean isPassing(Throwable failure) {
        if (failure instanceof TataraException known) {
            return known.code() == FeedErrorCode.SERVER_UNREACHABLE || known.code() == FeedErrorCode.CAPTURE_FAILED;
        }
        String state = state(failure);
        // a column that was renamed between the look at the catalogue and the copy
        return state.equals("42703")
                || !(state.startsWith("28")
                        || state.startsWith("3D")
                        || state.startsWith("42")
                        || state.startsWith("53")
                        || state.equals("55000"));
    }

    /** Whether the server could not be reached, or went. */
    static boolean isConnection(Throwable failure) {
        String state = state(failure);
        boolean io = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            io |= cause instanceof IOException;
        }
        return io || state.startsWith("08") || state.startsWith("57P");
    }

    private static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static String message(Throwable failure) {
        Throwable told = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            told = cause instanceof SQLException ? cause : told;
        }
        if (told == failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                told = cause;
            }
        }
        return Optional.ofNullable(told.getMessage())
                .map(text -> text.lines().findFirst().orElse(""))
                .orElse(told.getClass().getSimpleName());
    }

    private record Built(
            FeedErrorCode code, Fault fault, @Nullable Throwable cause) {
        Built todo(String action) {
            return new Built(code, fault.todo(action), cause);
        }

        TataraException exception() {
            return new TataraException(code, fault, cause);
        }
    }

    private static Built fault(FeedErrorCode code, String what, PostgresLocation location, Throwable cause) {
        return new Built(code, Fault.of(what).at(location.place()), cause);
    }
}
