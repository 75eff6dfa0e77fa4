package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;

/** Where the rows of a table came from that no pipeline's run made, and which pipelines read it. */
final class TableOrigins {
    private static final String USED_BY = "used-by-";
    private static final int MOST = 50;

    private final Terminal terminal;
    private final Lake lake;

    TableOrigins(Terminal terminal, Lake lake) {
        this.terminal = terminal;
        this.lake = lake;
    }

    Json show(TableRef table) {
        String place = table.layer() + "/" + table.name();
        terminal.line(place + "  is made from");
        List<Version> versions = lake.history().log(table.layer(), table.name(), "main");
        List<Json> documents = new ArrayList<>();
        for (Version version : versions.subList(0, Math.min(MOST, versions.size()))) {
            Map<String, String> properties = new TreeMap<>(version.properties());
            properties.remove("load.state");
            String from = properties.getOrDefault(
                    "load.files",
                    properties.getOrDefault("change.source", properties.getOrDefault("folder", version.operation())));
            terminal.line("  \u2190 " + from + "  (version " + version.table().snapshot() + ", "
                    + version.at().toString().substring(0, 19) + ": +" + version.rowsAdded() + " -"
                    + version.rowsDeleted() + ")");
            Map<String, Json> members = new TreeMap<>();
            properties.forEach((key, value) -> members.put(key, Json.string(value)));
            documents.add(Json.object()
                    .with("version", Long.toString(version.table().snapshot()))
                    .with("at", version.at().toString())
                    .with("from", from)
                    .with("rowsAdded", version.rowsAdded())
                    .with("rowsDeleted", version.rowsDeleted())
                    .with("properties", new Json.Obj(members)));
        }
        List<String> users = lake.history().refs(table.layer(), table.name()).stream()
                .map(ref -> ref.name())
                .filter(name -> name.startsWith(USED_BY))
                .map(name -> name.substring(USED_BY.length()))
                .toList();
        terminal.line(place + "  leads to");
        users.forEach(user ->
                terminal.line("  \u2192 pipeline " + user + "  (go on with: tatara data lineage " + user + ")"));
        if (users.isEmpty()) {
            terminal.line("  no pipeline that has run");
        }
        return Json.object()
                .with("table", place)
                .with("versions", new Json.Arr(documents))
                .with("usedBy", Json.strings(users));
    }
}
