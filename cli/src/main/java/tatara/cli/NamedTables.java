package tatara.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Lake;
import tatara.data.source.LakeSources;
import tatara.data.version.Difference;
import tatara.data.version.RowKey;
import tatara.pipeline.Catalogue;

/**
 * Tables as a command line names them: {@code PIPELINE} (all its tables of a layer), {@code PIPELINE.TABLE}, {@code LAYER/PIPELINE.TABLE}, and
 * {@code TABLE} for what {@code data load} and {@code data follow} call so.
 */
final class NamedTables {
    private final Lake lake;
    private final Catalogue catalogue;

    NamedTables(Lake lake, Catalogue catalogue) {
        this.lake = lake;
        this.catalogue = catalogue;
    }

    static TataraException wrongUsage(String what, String expected) {
        return new TataraException(CliErrorCode.WRONG_USAGE, Fault.of(what).expecting(expected));
    }

    /** A name and a version. */
    record Versioned(String name, String version) {}

    /** {@code NAME@VERSION}; without a version the newest of {@code main}. */
    static Versioned versioned(String text) {
        int at = text.lastIndexOf('@');
        return at <= 0 || at == text.length() - 1
                ? new Versioned(text, "main")
                : new Versioned(text.substring(0, at), text.substring(at + 1));
    }

    /** Current versions, by name. @throws TataraException {@code TABLE_NOT_FOUND}, saying what there is */
    List<TableRef> find(String name, String layer) {
        List<TableRef> tables = lake.tables();
        List<TableRef> exact = tables.stream()
                .filter(table -> name.equals(table.layer() + "/" + table.name())
                        || (table.layer().equals(layer) && table.name().equals(name)))
                .toList();
        List<TableRef> found = exact.isEmpty()
                ? tables.stream()
                        .filter(table ->
                                (table.layer().equals(layer) && table.name().startsWith(name + "."))
                                        || (table.layer() + "/" + table.name()).startsWith(name + "."))
                        .toList()
                : exact;
        Optional<String> qualified = found.isEmpty() ? qualified(lake, layer, name) : Optional.empty();
        if (qualified.isPresent()) {
            return find(qualified.get(), layer);
        }
        if (found.isEmpty()) {
            throw new TataraException(
                    DataErrorCode.TABLE_NOT_FOUND,
                    Fault.of("there is no table named: " + name)
                            .at(lake.home().toString())
                            .expecting(
                                    tables.isEmpty()
                                            ? ""
                                            : "one of "
                                                    + tables.stream()
                                                            .map(table -> table.layer() + "/" + table.name())
                                                            .limit(20)
                                                            .collect(Collectors.joining(", ")))
                            .todo("Name it as PIPELINE, PIPELINE.TABLE or LAYER/PIPELINE.TABLE"));
        }
        return found;
    }

    /**
     * The full name of a table of loads or feeds that is called without it.
     *
     * @throws TataraException {@code TABLE_NOT_FOUND} if both have one
     */
    static Optional<String> qualified(Lake lake, String layer, String name) {
        return name.isEmpty() || name.contains("/") ? Optional.empty() : LakeSources.qualified(lake, layer, name);
    }

    /** The versions that a name means, by table; those that there are not are refused. */
    TableRef version(TableRef table, String version) {
        return lake.history()
                .at(table.layer(), table.name(), version)
                .orElseThrow(() -> new TataraException(
                        DataErrorCode.VERSION_NOT_FOUND,
                        Fault.of("no version \"" + version + "\"")
                                .at(table.layer() + "/" + table.name())
                                .expecting(
                                        "a snapshot id, a tag, a branch, or a time such as 2026-05-31 or 2026-05-31T12:00:00Z")
                                .todo("List them: tatara data log " + table.layer() + "/" + table.name())));
    }

    /** The key that was given, else the data design's, else none. */
    Optional<RowKey> key(TableRef table, List<String> given) {
        if (!given.isEmpty()) {
            return Optional.of(RowKey.given(given));
        }
        int dot = table.name().indexOf('.');
        String pipeline = dot < 0 ? "" : table.name().substring(0, dot);
        return catalogue
                .dataDesign(pipeline)
                .flatMap(design -> design.tables().stream()
                        .filter(contract -> contract.name().equals(table.name().substring(dot + 1)))
                        .findFirst())
                .map(DataDesign.Table::key)
                .filter(key -> !key.isEmpty())
                .filter(key -> lake.columns(table).containsAll(key))
                .map(key -> new RowKey(key, Difference.KeyOrigin.DESIGN));
    }
}
