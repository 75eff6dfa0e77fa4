package tatara.data.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableProfile;
import tatara.core.port.Secrets;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Lake;
import tatara.data.lake.StorageFailure;
import tatara.data.profile.Links;
import tatara.data.profile.Profiler;
import tatara.data.source.Ingested;
import tatara.data.source.Ingestion;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;
import tatara.data.source.jdbc.DatabaseTable;
import tatara.data.source.jdbc.JdbcCatalog;
import tatara.data.source.jdbc.JdbcConnector;
import tatara.data.source.remote.RemoteCopies;

/**
 * Audits sources (D1): reads every table once into a lake of its own, profiles it, and tells size, keys, links, freshness, personal data,
 * and how to keep it up to date. Of databases also what they declare. Used by one thread.
 */
public final class Auditor {
    private static final String PIPELINE = "audit";

    private final Lake lake;
    private final Path cache;
    private final Sources sources;
    private final Secrets secrets;

    /**
     * @param lake where the rows are brought for the look; a lake of its own, thrown away by the caller
     * @param cache directory for temporary files
     * @param sources how locations become tables
     * @param secrets resolves credentials of databases
     */
    public Auditor(Lake lake, Path cache, Sources sources, Secrets secrets) {
        this.lake = lake;
        this.cache = cache;
        this.sources = sources;
        this.secrets = secrets;
    }

    /**
     * Tables in the order of the arguments.
     *
     * @param progress hears what is being done
     */
    public List<TableAudit> audit(List<DataArgument> arguments, Consumer<String> progress) {
        Map<String, DatabaseTable> databases = new LinkedHashMap<>();
        Map<String, String> locations = new LinkedHashMap<>();
        List<TableProfile> profiles = new ArrayList<>();
        for (DataArgument argument : arguments) {
            declared(argument.location(), databases);
        }
        for (SourceTable table : sources.discover(arguments)) {
            progress.accept("reading " + table.name());
            Ingested ingested = new Ingestion(lake, cache).ingest(table, PIPELINE);
            profiles.add(new Profiler(lake).profile(table.name(), ingested.raw(), ingested.audit()));
            locations.put(table.name(), table.files().get(0).place());
        }
        progress.accept("looking for links between tables");
        List<ColumnLink> links = new Links(lake).find(profiles);
        List<TableAudit> audits = new ArrayList<>();
        for (TableProfile profile : profiles) {
            progress.accept("looking for keys and personal data in " + profile.name());
            String place = locations.getOrDefault(profile.name(), "");
            audits.add(audit(profile, place, Optional.ofNullable(databases.get(place)), links));
        }
        return List.copyOf(audits);
    }

    private void declared(String location, Map<String, DatabaseTable> databases) {
        String scheme = location.replaceFirst(":.*", "").toLowerCase(java.util.Locale.ROOT);
        if (RemoteCopies.isRemote(location) && new JdbcConnector().schemes().contains(scheme)) {
            for (DatabaseTable table : new JdbcCatalog().tables(location, secrets)) {
                databases.put(RemoteCopies.shown(table.location()), table);
            }
        }
    }

    private TableAudit audit(
            TableProfile profile, String place, Optional<DatabaseTable> database, List<ColumnLink> links) {
        List<String> declared = database.map(DatabaseTable::primaryKey).orElse(List.of());
        List<List<String>> keys = new ArrayList<>();
        if (!declared.isEmpty()) {
            keys.add(declared);
        }
        new CandidateKeys(lake)
                .find(profile).stream().filter(key -> !keys.contains(key)).forEach(keys::add);
        IngestionAdvice advice = new IngestionAdvice(profile, keys, database);
        List<String> notes = new ArrayList<>(profile.source().notes());
        database.filter(table -> !table.leftOut().isEmpty())
                .ifPresent(table -> notes.add("binary columns are not copied: " + String.join(", ", table.leftOut())));
        List<SourceFile> files = profile.source().files();
        long size = files.stream().mapToLong(SourceFile::bytes).sum();
        return new TableAudit(
                profile.name(),
                place,
                connect(place, database),
                database.isPresent() ? "database" : profile.source().format(),
                database.map(DatabaseTable::bytes).filter(bytes -> bytes >= 0).orElse(size),
                profile.rows(),
                profile.columns().size(),
                List.copyOf(keys),
                declared,
                database.map(Auditor::declaredLinks).orElse(List.of()),
                links.stream()
                        .filter(link -> link.table().equals(profile.name()))
                        .toList(),
                advice.freshness(modified(files)),
                new PersonalDataFinder(lake).find(profile),
                advice.suggestion(),
                List.copyOf(notes));
    }

    private static List<String> declaredLinks(DatabaseTable table) {
        return table.foreignKeys().stream()
                .map(key -> String.join(", ", key.columns()) + " -> "
                        + (key.toSchema().isEmpty() ? "" : key.toSchema() + ".") + key.toTable() + " ("
                        + String.join(", ", key.toColumns()) + ")")
                .toList();
    }

    private static String connect(String place, Optional<DatabaseTable> database) {
        if (database.isPresent()) {
            return "--data '" + database.get().location() + "'";
        }
        return place.contains("://")
                ? "--data '" + place + "' with the options and references that it was given here"
                : "--data '" + place + "'";
    }

    /** Only of files of the user's own: a copy's time says nothing. */
    private static Optional<Instant> modified(List<SourceFile> files) {
        Optional<Instant> latest = Optional.empty();
        for (SourceFile file : files) {
            if (file.place().equals(file.path())) {
                try {
                    Instant changed =
                            Files.getLastModifiedTime(Path.of(file.path())).toInstant();
                    latest = latest.filter(changed::isBefore).or(() -> Optional.of(changed));
                } catch (IOException e) {
                    throw StorageFailure.of(e, Path.of(file.path()));
                }
            }
        }
        return latest;
    }
}
