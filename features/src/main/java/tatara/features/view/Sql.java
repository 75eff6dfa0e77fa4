package tatara.features.view;

/** Pieces of SQL text. */
final class Sql {
    private Sql() {}

    /** A quoted identifier; any characters are part of the name. */
    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
