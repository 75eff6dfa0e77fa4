package tatara.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Range;
import tatara.data.layout.QueryLog;
import tatara.data.layout.QueryPattern;
import tatara.pipeline.Catalogue;

/** {@code tatara data rows}. */
@CommandLine.Command(
        name = "rows",
        description = {
            "Shows rows of a version of a table, as CSV.",
            "Which columns are asked for (never the values) is remembered, for the choice of a layout: see data layout."
        })
final class DataRowsCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "NAME[@V]",
            description = "PIPELINE.TABLE or LAYER/PIPELINE.TABLE; a version, tag, branch or time.")
    String name = "";

    @Option(names = "--layer", paramLabel = "LAYER", description = "raw (default), processed, features, predictions.")
    String layer = "raw";

    @Option(
            names = "--where",
            paramLabel = "COLUMN=VALUE",
            description = "One value, or LOW..HIGH (both inclusive, one may be left out); all conditions must hold.")
    Map<String, String> where = new LinkedHashMap<>();

    @Option(names = "--limit", paramLabel = "N", description = "Rows that are shown (default: 20).")
    int limit = 20;

    DataRowsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        if (limit < 0) {
            throw NamedTables.wrongUsage("--limit " + limit, "0 or more");
        }
        try (Wiring wiring = new Wiring(workspace())) {
            Lake lake = wiring.lake().get();
            NamedTables tables = new NamedTables(lake, new Catalogue(workspace()));
            NamedTables.Versioned asked = NamedTables.versioned(name);
            List<TableRef> found = tables.find(asked.name(), layer);
            if (found.size() > 1) {
                throw NamedTables.wrongUsage(
                        name + " has " + found.size() + " tables",
                        "one of " + found.stream().map(TableRef::name).toList());
            }
            show(lake, tables.version(found.get(0), asked.version()));
        }
        return 0;
    }

    private void show(Lake lake, TableRef table) {
        List<String> columns = lake.columns(table);
        List<Range> ranges = new ArrayList<>();
        where.forEach((column, value) -> ranges.add(range(columns, column, value)));
        String from = lake.history().from(table, ranges);
        long count = lake.engine()
                .first("SELECT count(*) FROM " + from, row -> row.getLong(1))
                .orElse(0L);
        if (!ranges.isEmpty()) {
            List<QueryPattern.Filter> filters = ranges.stream()
                    .map(range -> new QueryPattern.Filter(
                            range.column(),
                            range.low().isPresent() && range.low().equals(range.high())))
                    .toList();
            new QueryLog(lake.home(), table)
                    .asked(new QueryPattern(filters, table.rows() == 0 ? 0 : (double) count / table.rows()));
        }
        terminal.line(String.join(",", columns.stream().map(LabelFile::quoted).toList()));
        String selected = columns.stream()
                .map(column -> "CAST(" + Engine.quote(column) + " AS VARCHAR)")
                .collect(Collectors.joining(", "));
        List<Json> rows = new ArrayList<>();
        for (List<String> row : lake.engine().query("SELECT " + selected + " FROM " + from + " LIMIT " + limit, set -> {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                cells.add(set.getString(i));
            }
            return cells;
        })) {
            terminal.line(String.join(
                    ",",
                    row.stream()
                            .map(cell -> cell == null ? "" : LabelFile.quoted(cell))
                            .toList()));
            Json.Obj document = Json.object();
            for (int i = 0; i < columns.size(); i++) {
                document = document.with(columns.get(i), row.get(i) == null ? Json.NULL : Json.string(row.get(i)));
            }
            rows.add(document);
        }
        terminal.status(count + " rows");
        terminal.document(VersionDocuments.table(table).with("found", count).with("shown", new Json.Arr(rows)));
    }

    private static Range range(List<String> columns, String column, String value) {
        if (!columns.contains(column)) {
            throw NamedTables.wrongUsage("--where " + column, "one of " + columns);
        }
        int dots = value.indexOf("..");
        if (dots < 0) {
            return Range.equalTo(column, value);
        }
        String low = value.substring(0, dots);
        String high = value.substring(dots + 2);
        return new Range(
                column,
                low.isEmpty() ? Optional.empty() : Optional.of(low),
                high.isEmpty() ? Optional.empty() : Optional.of(high));
    }
}
