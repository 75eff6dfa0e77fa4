package tatara.connectors.debezium;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Slot and publication at the server, and whether a position can still be gone on from. Used by one thread. */
final class Preparation {
    private static final int SLOT_PATIENCE_SECONDS = 30;

    private final PostgresLocation location;
    private final SourceDatabase database;
    private final SlotFile file;

    Preparation(PostgresLocation location, SourceDatabase database, SlotFile file) {
        this.location = location;
        this.database = database;
        this.file = file;
    }

    /**
     * Why reading cannot go on from a position but has to begin with a full copy; empty if it can.
     *
     * @param description the table as it is now
     */
    Optional<String> copyReason(Optional<Position> position, SourceDatabase.Description description)
            throws SQLException {
        Optional<SourceDatabase.Slot> slot = freeSlot();
        if (position.isEmpty()) {
            return Optional.of("nothing is stored yet");
        }
        if (slot.isEmpty()) {
            return Optional.of("the replication slot is gone");
        }
        if (slot.get().lost()) {
            return Optional.of("the server has thrown away the log that was to be read");
        }
        if (slot.get().confirmed() > position.get().lsn()) {
            return Optional.of("the replication slot is ahead of what is stored");
        }
        if (database.end() < position.get().lsn()) {
            return Optional.of("the server's log ends before what is stored: it was set back");
        }
        if (position.get().table().oid() != description.shape().oid()) {
            return Optional.of("the table was made anew");
        }
        if (!database.hasPublication(file.publication())) {
            return Optional.of("the publication is gone");
        }
        return Optional.empty();
    }

    /** Makes the publication if it is not there. */
    void publish(SourceDatabase.Description description) throws SQLException {
        boolean identified =
                !description.key().isEmpty() || description.identity().equals("f");
        if (!database.hasPublication(file.publication())) {
            if (location.publication().isPresent()) {
                throw database.notPrepared(
                        "there is no publication " + file.publication(),
                        "a publication of the table",
                        "Make it, or leave out publication=…");
            }
            database.createPublication(file.publication(), !identified, description.partitioned());
        } else if (!description.partitioned() && !database.publishesTable(file.publication())) {
            throw database.notPrepared(
                    "the publication " + file.publication() + " does not hold the table",
                    "a publication of the table",
                    "ALTER PUBLICATION " + file.publication() + " ADD TABLE …");
        }
    }

    /** Removes the slot, so that the next one begins together with a full copy. */
    void forgetSlot() throws SQLException {
        if (freeSlot().isPresent()) {
            database.dropSlot(file.slot());
        }
    }

    /** Removes slot and publication. */
    void drop() {
        try {
            forgetSlot();
            if (location.publication().isEmpty()) {
                database.dropPublication(file.publication());
            }
        } catch (SQLException e) {
            throw SourceFaults.translate(e, location);
        }
    }

    /** After a crash it takes the server a moment to see that its reader is gone. */
    private Optional<SourceDatabase.Slot> freeSlot() throws SQLException {
        Optional<SourceDatabase.Slot> slot = database.slot(file.slot());
        for (int waited = 0; slot.isPresent() && slot.get().active(); waited++) {
            if (waited >= SLOT_PATIENCE_SECONDS * 5) {
                throw new TataraException(
                        FeedErrorCode.SLOT_IN_USE,
                        Fault.of("another process reads the replication slot " + file.slot() + " (backend "
                                        + slot.get().reader() + ")")
                                .at(location.place())
                                .expecting("one reader for each slot")
                                .todo(
                                        "Stop it (another 'data follow' of this table?), or give a slot of its own with &slot=NAME"));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            slot = database.slot(file.slot());
        }
        return slot;
    }

    /** Debezium's settings. */
    Map<String, String> settings(SourceDatabase.Description description, String password) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", file.slot());
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("topic.prefix", file.slot());
        settings.put("database.hostname", location.host());
        settings.put("database.port", Integer.toString(location.port()));
        settings.put("database.user", location.user());
        settings.put("database.password", password);
        settings.put("database.dbname", location.database());
        location.sslmode().ifPresent(mode -> settings.put("database.sslmode", mode));
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", file.slot());
        settings.put("slot.max.retries", "1");
        settings.put("slot.retry.delay.ms", "500");
        settings.put("publication.name", file.publication());
        settings.put("publication.autocreate.mode", "disabled");
        settings.put("table.include.list", exactly(location.schema()) + "\\." + exactly(location.table()));
        settings.put("publish.via.partition.root", Boolean.toString(description.partitioned()));
        if (!description.generated().isEmpty()) {
            settings.put(
                    "column.exclude.list",
                    columns(description.generated().stream()
                            .map(Preparation::exactly)
                            .collect(Collectors.joining("|", "(", ")"))));
        }
        if (description.identity().equals("i") && !description.key().isEmpty()) {
            settings.put(
                    "message.key.columns",
                    exactly(location.schema()) + "\\." + exactly(location.table()) + ":"
                            + String.join(",", description.key()));
        }
        settings.put("snapshot.mode", "initial");
        settings.put("provide.transaction.metadata", "true");
        settings.put("tombstones.on.delete", "false");
        settings.put("skipped.operations", "none");
        settings.put("unavailable.value.placeholder", Values.UNCHANGED);
        settings.put("decimal.handling.mode", "string");
        settings.put("time.precision.mode", "adaptive_time_microseconds");
        settings.put("interval.handling.mode", "string");
        settings.put("hstore.handling.mode", "json");
        settings.put("binary.handling.mode", "bytes");
        settings.put("include.unknown.datatypes", "true");
        settings.put("heartbeat.interval.ms", "500");
        settings.put("poll.interval.ms", "50");
        settings.put("max.batch.size", "4096");
        settings.put("max.queue.size", "16384");
        settings.put("max.queue.size.in.bytes", Integer.toString(64 << 20));
        settings.put("errors.max.retries", "0");
        settings.put("status.update.interval.ms", "5000");
        return settings;
    }

    private String columns(String pattern) {
        return exactly(location.schema()) + "\\." + exactly(location.table()) + "\\." + pattern;
    }

    /** A regular expression for exactly this name that holds no comma, since commas part such expressions. */
    private static String exactly(String name) {
        Matcher matcher = Pattern.compile("[^A-Za-z0-9_]").matcher(name);
        return matcher.replaceAll(odd ->
                Matcher.quoteReplacement(String.format("\\x{%x}", odd.group().codePointAt(0))));
    }
}
