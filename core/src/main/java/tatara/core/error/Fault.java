package tatara.core.error;

import static java.util.Objects.requireNonNull;

/**
 * The four parts of a message to a person. Empty strings are left out when it is shown.
 *
 * @param what what went wrong, with the offending value
 * @param where the place: file and line, table and column, document and path
 * @param expected what was expected instead
 * @param todo what the reader can do now
 */
public record Fault(String what, String where, String expected, String todo) {
    public Fault {
        requireNonNull(what, "what");
        requireNonNull(where, "where");
        requireNonNull(expected, "expected");
        requireNonNull(todo, "todo");
    }

    public static Fault of(String what) {
        return new Fault(what, "", "", "");
    }

    public Fault at(String place) {
        return new Fault(what, place, expected, todo);
    }

    public Fault expecting(String expectation) {
        return new Fault(what, where, expectation, todo);
    }

    public Fault todo(String action) {
        return new Fault(what, where, expected, action);
    }

    /** One line for logs and HTTP bodies: {@code what (at where; expected: …) todo}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(what);
        if (!where.isEmpty() || !expected.isEmpty()) {
            line.append(" (");
            line.append(where.isEmpty() ? "" : "at " + where);
            line.append(where.isEmpty() || expected.isEmpty() ? "" : "; ");
            line.append(expected.isEmpty() ? "" : "expected: " + expected);
            line.append(')');
        }
        return todo.isEmpty() ? line.toString() : line.append(". ").append(todo).toString();
    }
}
