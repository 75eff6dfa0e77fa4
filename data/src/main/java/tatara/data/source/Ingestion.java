package tatara.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;

/**
 * Brings source tables into the raw layer (D2, D3), in file order, with bounded memory. Cells of delimited files stay the texts they are;
 * Parquet and JSON keep their types. Rows of delimited files that hold no value are left out, with a note. A row that cannot be read goes to
 * {@code lake/quarantine/PIPELINE/TABLE.jsonl} with its file and line. Thread-safe for different tables.
 */
public final class Ingestion {
    private final Lake lake;
    private final Path cache;

    /** @param cache directory for temporary files */
    public Ingestion(Lake lake, Path cache) {
        this.lake = lake;
        this.cache = cache.toAbsolutePath().normalize();
    }

    /**
     * Replaces the raw table {@code PIPELINE.TABLE} by the source's rows.
     *
     * @throws TataraException if a file cannot be read at all, or the lake cannot be written
     */
    public Ingested ingest(SourceTable table, String pipeline) {
        return Origins.named(table.files(), () -> read(table, pipeline));
    }

    private Ingested read(SourceTable table, String pipeline) {
        List<String> notes = new ArrayList<>(table.notes());
        RowSource rows = Sources.rows(table, cache, notes, false);
        String name = pipeline + "." + table.name();
        Path file = QuarantineFile.of(lake.home(), pipeline, table.name()).path();
        TableRef raw;
        long quarantined;
        String quarantineFile;
        try (Quarantine quarantine = new Quarantine(file)) {
            raw = rows instanceof ParquetRows parquet
                    ? parquet(parquet, name, table)
                    : lake.replace(
                            "raw",
                            name,
                            rows.columns(),
                            rows.schema(),
                            sink -> rows.read(sink, reject -> quarantine.add(Origins.named(reject, table.files()))),
                            "",
                            origin(table));
            quarantined = quarantine.count();
            quarantineFile = quarantine.finish();
        }
        SourceAudit audit = new SourceAudit(
                table.name(),
                table.format().label(),
                table.files(),
                table.dialect(),
                raw.rows(),
                quarantined,
                quarantineFile,
                List.copyOf(notes));
        return new Ingested(raw, audit);
    }

    /** What the snapshot says of its source: the first files by name. */
    private static Target origin(SourceTable table) {
        int shown = Math.min(20, table.files().size());
        String more = table.files().size() > shown ? " and " + (table.files().size() - shown) + " more" : "";
        return Target.main(Map.of(
                "files",
                table.files().subList(0, shown).stream().map(SourceFile::path).collect(Collectors.joining(", "))
                        + more));
    }

    private TableRef parquet(ParquetRows rows, String name, SourceTable table) {
        try (Engine reader = lake.importing(rows.directories())) {
            return lake.replace(reader, "raw", name, rows.sql(), "", origin(table));
        } catch (TataraException e) {
            throw ParquetRows.malformed(e, table.files().get(0).path());
        }
    }
}
