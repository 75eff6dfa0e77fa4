package tatara.data.source.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a table; both parts may hold anything.
 *
 * @param schema its schema, if the database has schemas
 * @param table its own name
 */
record TableName(Optional<String> schema, String table) {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    /** As it is written in {@code table=}: parts that could be misread stand in double quotes. */
    String text() {
        return schema.map(name -> quoted(name) + ".").orElse("") + quoted(table);
    }

    /** Whether a text of the user means this table: {@code TABLE}, {@code SCHEMA.TABLE}, or either with double quotes. */
    boolean isMeantBy(String text) {
        return text.equals(table)
                || text.equals(quoted(table))
                || text.equals(always(table))
                || schema.filter(name -> text.equals(name + "." + table)
                                || text.equals(quoted(name) + "." + quoted(table))
                                || text.equals(always(name) + "." + always(table)))
                        .isPresent();
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : always(name);
    }

    private static String always(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
