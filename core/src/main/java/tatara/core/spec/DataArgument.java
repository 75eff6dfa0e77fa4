package tatara.core.spec;

/**
 * One {@code --data} of the command line.
 *
 * @param name table name the user gave, empty if none
 * @param location path or URI, as the user gave it
 */
public record DataArgument(String name, String location) {}
