package tatara.data.source.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks a database for the rows of a table from a value of a column on, instead of for all of them. */
final class NewerRows {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*(\\.[\\p{L}_][\\p{L}\\p{N}_$]*)?");

    private NewerRows() {}

    /**
     * The location of those rows: of one table or a query, in a database whose comparison of times with texts is known.
     *
     * @param value a number, or a time of UTC
     */
    static Optional<JdbcLocation> of(JdbcLocation location, String column, String value) {
        boolean postgresql = location.dialect() == SqlDialect.POSTGRESQL;
        if (!postgresql && location.dialect() != SqlDialect.MARIADB) {
            return Optional.empty();
        }
        String quote = postgresql ? "\"" : "`";
        Optional<String> from = location.query()
                .map(query -> "(" + query.strip().replaceFirst(";$", "") + ") newer")
                .or(() ->
                        location.tables().size() == 1 ? table(location.tables().get(0), quote) : Optional.empty());
        boolean number = value.matches("-?\\d+(\\.\\d+)?");
        String bound = number ? value : "'" + value.replace("'", "''") + (postgresql ? "+00" : "") + "'";
        return from.map(rows -> new JdbcLocation(
                location.dialect(),
                location.base(),
                location.url(),
                location.user(),
                location.password(),
                List.of(),
                Optional.empty(),
                Optional.of("SELECT * FROM " + rows + " WHERE " + quoted(column, quote) + " >= " + bound),
                location.timeoutSeconds(),
                location.others()));
    }

    private static Optional<String> table(String text, String quote) {
        return PLAIN.matcher(text).matches()
                ? Optional.of(Stream.of(text.split("\\."))
                        .map(part -> quoted(part, quote))
                        .collect(Collectors.joining(".")))
                : Optional.empty();
    }

    private static String quoted(String name, String quote) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
