package tatara.connectors.debezium;

import java.nio.file.Path;
import java.util.Set;
import tatara.core.port.ChangeFeed;
import tatara.core.port.ChangeFeeds;
import tatara.core.port.Secrets;

/**
 * Tables of PostgreSQL (12 or later, {@code wal_level = logical}) as logs of changes.
 *
 * <p>For each table that is followed the server keeps a replication slot and a publication, named {@code tatara_TABLE_…} after the
 * directory of the feed, unless the location names others. The slot holds back the server's log until what it carries is stored:
 * {@link #drop} removes both.
 */
public final class PostgresFeeds implements ChangeFeeds {
    @Override
    public Set<String> schemes() {
        return Set.of("postgresql");
    }

    /**
     * @throws tatara.core.error.TataraException if the location is wrong, the server is not there or refuses, or the table cannot be
     *     followed
     */
    @Override
    public ChangeFeed open(String location, String position, Path work, Secrets secrets) {
        PostgresLocation parsed = PostgresLocation.parse(location);
        String password = parsed.password().map(secrets::resolve).orElse("");
        return PostgresFeed.open(parsed, password, Position.read(position), SlotFile.open(work, parsed));
    }

    @Override
    public void drop(String location, Path work, Secrets secrets) {
        PostgresLocation parsed = PostgresLocation.parse(location);
        String password = parsed.password().map(secrets::resolve).orElse("");
        SlotFile file = SlotFile.open(work, parsed);
        try (SourceDatabase database = new SourceDatabase(parsed, password)) {
            new Preparation(parsed, database, file).drop();
        }
    }
}
