package tatara.connectors.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.json.Json;
import tatara.core.port.Change;

/** What a record of a topic says. */
sealed interface Reading {
    /**
     * Something happened to a row.
     *
     * @param at when, if the record's value says so
     * @param unsent columns whose values the database did not tell since they are as before; the row lacks them
     */
    record Row(
            Change.Kind kind, Map<String, Json> key, Map<String, Json> row, Optional<Instant> at, List<String> unsent)
            implements Reading {
        Row(Change.Kind kind, Map<String, Json> key, Map<String, Json> row, Optional<Instant> at) {
            this(kind, key, row, at, List.of());
        }
    }

    /** A note of the writer's about something other than rows. */
    record Aside() implements Reading {}

    /** Nothing that can be understood. */
    record Unreadable(String reason) implements Reading {}
}
