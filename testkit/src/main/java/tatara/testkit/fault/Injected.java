package tatara.testkit.fault;

import java.util.List;

/**
 * A table with a fault in it.
 *
 * @param columns columns that were touched; empty if rows were
 * @param touched rows that were touched
 */
public record Injected(Fault fault, TextTable table, List<String> columns, int touched) {}
