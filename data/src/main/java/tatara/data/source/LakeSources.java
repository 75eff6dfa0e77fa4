package tatara.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableRef;
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;

/**
 * Raw tables of the lake as sources, {@code lake:PIPELINE.TABLE} or {@code lake:PIPELINE.TABLE@VERSION}: what was followed or loaded is
 * used where it lies. Its fingerprint is the version that changed its rows last, so that nothing runs again while they are the same.
 * Thread-safe.
 */
public final class LakeSources {
    private static final String SCHEME = "lake:";
    /** Pipelines of tables that are named without one: of loads and of feeds. */
    private static final List<String> USUAL = List.of("loads", "feeds");

    private final Lake lake;

    public LakeSources(Lake lake) {
        this.lake = lake;
    }

    /** Whether a location names a table of the lake. */
    public static boolean isLake(String location) {
        return location.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * A table that is there.
     *
     * @param table as other sources are described
     * @param ref its rows
     */
    public record Found(SourceTable table, TableRef ref) {}

    /**
     * The tables that arguments name; other locations are left out.
     *
     * @param others tables whose names are taken
     * @throws TataraException {@code TABLE_NOT_FOUND}, {@code VERSION_NOT_FOUND}, or {@code SOURCE_UNCLEAR} if a name is taken
     */
    public List<Found> discover(List<DataArgument> arguments, List<SourceTable> others) {
        List<String> taken = new ArrayList<>();
        others.forEach(table -> taken.add(table.name().toLowerCase(Locale.ROOT)));
        List<Found> all = new ArrayList<>();
        for (DataArgument argument : arguments) {
            if (isLake(argument.location())) {
                Found found = find(argument);
                String name = found.table().name();
                if (taken.contains(name.toLowerCase(Locale.ROOT))) {
                    throw new TataraException(
                            DataErrorCode.SOURCE_UNCLEAR,
                            Fault.of("two sources become the table " + name)
                                    .at(argument.location())
                                    .expecting("a name of its own for each table")
                                    .todo("Name them: --data NAME=" + argument.location()));
                }
                taken.add(name.toLowerCase(Locale.ROOT));
                all.add(found);
            }
        }
        return all;
    }

    private Found find(DataArgument argument) {
        String text = argument.location().substring(SCHEME.length());
        int at = text.lastIndexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        String qualified = qualified(lake, "raw", name).orElse(name);
        Optional<TableRef> current = lake.current("raw", qualified);
        if (current.isEmpty()) {
            throw new TataraException(
                    DataErrorCode.TABLE_NOT_FOUND,
                    Fault.of("the lake has no raw table " + qualified)
                            .at(argument.location())
                            .expecting("lake:PIPELINE.TABLE, or lake:TABLE of what data load and data follow made")
                            .todo(
                                    "See which there are with 'tatara data log', or make it with 'tatara data follow' or 'tatara data load'"));
        }
        TableRef ref = at < 0 ? current.get() : version(qualified, text.substring(at + 1), argument);
        long content = content(ref);
        String place = SCHEME + qualified + "@" + content;
        List<String> columns = lake.columns(ref);
        SourceFile file =
                new SourceFile(place, lake.history().version(ref).bytes(), Long.toString(content), Optional.of(place));
        SourcePart part = new SourcePart(file, Dialect.parquet(), columns);
        String table = qualified.substring(qualified.indexOf('.') + 1);
        return new Found(
                new SourceTable(
                        argument.name().isEmpty() ? table : argument.name(),
                        Format.PARQUET,
                        List.of(part),
                        columns,
                        Layout.ROWS,
                        List.of()),
                ref);
    }

    /**
     * The full name of a table: itself if there is such a table, else that of {@code data load} or {@code data follow}; empty if there is none.
     *
     * @throws TataraException {@code SOURCE_UNCLEAR} if both have one
     */
    public static Optional<String> qualified(Lake lake, String layer, String name) {
        if (lake.current(layer, name).isPresent()) {
            return Optional.of(name);
        }
        List<String> found = USUAL.stream()
                .map(pipeline -> pipeline + "." + name)
                .filter(full -> lake.current(layer, full).isPresent())
                .toList();
        if (found.size() > 1) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("two tables are called " + name)
                            .expecting("one of " + String.join(", ", found))
                            .todo("Give the full name"));
        }
        return found.stream().findFirst();
    }

    private TableRef version(String name, String version, DataArgument argument) {
        return lake.history()
                .at("raw", name, version)
                .orElseThrow(() -> new TataraException(
                        DataErrorCode.VERSION_NOT_FOUND,
                        Fault.of("the table has no version " + version)
                                .at(argument.location())
                                .expecting("a snapshot, a tag, a branch or a time")
                                .todo("See its versions with 'tatara data log " + name + "'")));
    }

    /** The version that changed the rows last: compaction, and notes that a source stood still, change none. */
    private long content(TableRef ref) {
        List<Version> versions = lake.history().log("raw", ref.name(), Long.toString(ref.snapshot()));
        for (Version version : versions) {
            boolean same = version.operation().equals("compact")
                    || (version.operation().equals("append") && version.rowsAdded() == 0 && version.rowsDeleted() == 0);
            if (!same) {
                return version.table().snapshot();
            }
        }
        return ref.snapshot();
    }

    /**
     * Uses the table's rows as they lie there; a tag keeps this version for as long as the pipeline uses it.
     *
     * @param pipeline who uses it
     */
    public Ingested take(Found found, String pipeline) {
        TableRef ref = found.ref();
        String tag = "used-by-" + pipeline;
        boolean named = lake.history().refs(ref.layer(), ref.name()).stream()
                .anyMatch(known -> known.name().equals(tag));
        if (named) {
            lake.history().untag(ref.layer(), ref.name(), tag);
        }
        lake.history().tag(ref.layer(), ref.name(), tag, Long.toString(ref.snapshot()));
        SourceTable table = found.table();
        return new Ingested(
                ref,
                new SourceAudit(
                        table.name(), "lake", table.files(), table.dialect(), ref.rows(), 0, "", table.notes()));
    }
}
