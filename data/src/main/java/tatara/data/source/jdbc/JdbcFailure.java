package tatara.data.source.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Tells from what a driver throws who has to act, without showing a secret. */
final class JdbcFailure {
    private final JdbcLocation location;
    private final Optional<String> secret;

    /** @param secret what must not be shown, if anything */
    JdbcFailure(JdbcLocation location, Optional<String> secret) {
        this.location = location;
        this.secret = secret.filter(text -> !text.isEmpty());
    }

    /** @param doing what was done, such as {@code reading public.orders} */
    TataraException of(SQLException failure, String doing) {
        String said = clean(String.valueOf(failure.getMessage()));
        Kind kind = Kind.of(failure);
        Fault fault = Fault.of(kind.what + " (" + doing + "): " + said)
                .at(location.place())
                .expecting(kind.expected)
                .todo(kind.todo);
        boolean shown = said.equals(String.valueOf(failure.getMessage())) && failure.getCause() == null;
        return shown
                ? new TataraException(kind.code, fault, failure)
                : new TataraException(kind.code, fault, new SQLException(said, failure.getSQLState()));
    }

    private String clean(String message) {
        String one = message.lines()
                .limit(3)
                .reduce((left, right) -> left + " " + right.strip())
                .orElse("");
        return secret.map(text -> one.replace(text, "\u2026")).orElse(one);
    }

    /** What a failure means. */
    private enum Kind {
        UNREACHABLE(
                JdbcErrorCode.DATABASE_UNREACHABLE,
                "the database does not answer or the connection broke off",
                "a running server that this machine can reach",
                "Check host, port and network, and run again: nothing half-read was kept"),
        CREDENTIALS(
                JdbcErrorCode.CREDENTIALS_REFUSED,
                "the database refuses the user or the password",
                "a user who may connect",
                "Check the user, and what password=env:… (or file:, vault:) refers to"),
        UNKNOWN_DATABASE(
                JdbcErrorCode.DATABASE_UNKNOWN,
                "the server has no such database",
                "the name of a database of this server",
                "Check the name after the last slash"),
        PERMISSION(
                JdbcErrorCode.PERMISSION_DENIED,
                "the user may not read this",
                "the right to read (SELECT)",
                "Ask for GRANT SELECT, or name the tables that may be read with table="),
        BUSY(
                JdbcErrorCode.DATABASE_BUSY,
                "the database gave up",
                "an answer in time",
                "Run again later, raise timeout= in the location, or ask who holds the lock"),
        QUERY(
                JdbcErrorCode.QUERY_REFUSED,
                "the database does not understand the query",
                "one SELECT that the database can run",
                "Try the query in the database's own client"),
        OTHER(
                JdbcErrorCode.DATABASE_FAILED,
                "the database or its driver failed",
                "",
                "Read what it says; run again if it may pass");

        private final JdbcErrorCode code;
        private final String what;
        private final String expected;
        private final String todo;

        Kind(JdbcErrorCode code, String what, String expected, String todo) {
            this.code = code;
            this.what = what;
            this.expected = expected;
            this.todo = todo;
        }

        /** By SQLSTATE (PostgreSQL's and the standard's), and MySQL's numbers where its states are vague. */
        static Kind of(SQLException failure) {
            String state = Optional.ofNullable(failure.getSQLState()).orElse("");
            Kind byNumber = byNumber(failure.getErrorCode(), state);
            if (byNumber != OTHER) {
                return byNumber;
            }
            if (failure instanceof SQLTimeoutException) {
                return BUSY;
            }
            if (state.equals("3D000")) {
                return UNKNOWN_DATABASE;
            }
            if (state.equals("42501")) {
                return PERMISSION;
            }
            if (state.equals("57014") || state.equals("55P03") || state.equals("53300") || state.equals("40001")) {
                return BUSY;
            }
            String kind = state.length() >= 2 ? state.substring(0, 2) : "";
            return switch (kind) {
                case "08", "57" -> UNREACHABLE;
                case "28" -> CREDENTIALS;
                case "42", "25", "22" -> QUERY;
                default -> OTHER;
            };
        }

        private static Kind byNumber(int number, String state) {
            boolean mysql =
                    state.equals("42000") || state.equals("HY000") || state.equals("28000") || state.equals("70100");
            if (!mysql) {
                return OTHER;
            }
            return switch (number) {
                case 1045, 1698 -> CREDENTIALS;
                case 1044, 1142, 1143, 1227 -> PERMISSION;
                case 1049 -> UNKNOWN_DATABASE;
                case 1205, 1040, 1203, 1317, 1969, 3024 -> BUSY;
                default -> OTHER;
            };
        }
    }
}
