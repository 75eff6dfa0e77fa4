package tatara.connectors.debezium;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import tatara.core.json.Json;
import tatara.core.port.Change;
import tatara.core.port.ChangeColumn;
import tatara.core.port.ChangeFeed.ChangeBatch;

/**
 * From Debezium's records to batches. A batch ends where a transaction ends, so that reading can go on behind it exactly; only a
 * transaction that is longer than a batch comes in pieces, which carry the position before it. Used by one thread.
 */
final class Transactions {
    /** Debezium's headers of the delete and the insert that a change of key is. */
    private static final String NEW_KEY = "__debezium.newkey";

    private static final String OLD_KEY = "__debezium.oldkey";

    private final PostgresLocation location;
    private final SourceDatabase.Description description;
    private final Set<String> binary = new HashSet<>();
    private final Set<String> decimal = new HashSet<>();
    private final Deque<ChangeBatch> ready = new ArrayDeque<>();
    private final int most;
    private List<Change> open = new ArrayList<>();
    private List<ChangeColumn> columns = List.of();
    private @Nullable Schema rowSchema;
    private TableShape shape;
    private long boundary;
    private long order;
    private boolean copying;
    private Optional<String> again = Optional.empty();
    private boolean reshaped;
    private boolean movedOn;

    /**
     * @param description the table as it is now
     * @param start where reading begins; the shape is the one of that place
     * @param copying whether a full copy comes first
     * @param most changes that a batch may hold
     */
    Transactions(
            PostgresLocation location,
            SourceDatabase.Description description,
            Position start,
            boolean copying,
            int most) {
        this.location = location;
        this.description = description;
        this.shape = start.table();
        this.boundary = start.lsn();
        this.order = start.order();
        this.copying = copying;
        this.most = most;
        description.shape().columns().stream()
                .filter(column -> column.type().equals("bytea") || column.type().equals("bytea[]"))
                .forEach(column -> binary.add(column.name()));
        description.shape().columns().stream()
                .filter(column -> column.type().startsWith("numeric"))
                .forEach(column -> decimal.add(column.name()));
        this.columns = copying ? description.shape().changeColumns() : List.of();
        if (copying) {
            open.add(change(Change.Kind.TRUNCATE, Map.of(), Map.of(), Optional.empty()));
        }
    }

    /** Byte of the log behind the last whole transaction. */
    long boundary() {
        return boundary;
    }

    boolean copying() {
        return copying;
    }

    /** The position of the last whole transaction. */
    Position position() {
        return new Position(boundary, order, shape);
    }

    /** The shape that the columns of later changes have; rows that were stored before are as under this one. */
    void reshape(TableShape changed) {
        shape = changed;
        reshaped = false;
    }

    /** Tells the columns again, without any change. */
    void announce(List<ChangeColumn> changed) {
        columns = changed;
        ready.add(batch(List.of()));
    }

    List<ChangeColumn> columns() {
        return columns;
    }

    /** Whether changes came whose columns are not those of the shape. */
    boolean reshaped() {
        return reshaped;
    }

    /** Why the table has to be read anew, if it has. */
    Optional<String> again() {
        return again;
    }

    Optional<ChangeBatch> next() {
        return Optional.ofNullable(ready.poll());
    }

    void add(SourceRecord record) {
        Map<String, ?> offset = record.sourceOffset();
        if (copying && !offset.containsKey("snapshot")) {
            flush();
            copying = false;
            flush();
        }
        if (record.value() instanceof Struct value) {
            if (value.schema().field("op") != null && value.schema().field("source") != null) {
                change(record, value);
            } else if (isEnd(value)) {
                end(offset);
                return;
            }
        }
        if (open.isEmpty() && !copying) {
            idle(offset);
        }
    }

    private static boolean isEnd(Struct value) {
        return value.schema().field("status") != null && "END".equals(value.get("status"));
    }

    private void end(Map<String, ?> offset) {
        long before = boundary;
        boundary = Math.max(boundary, lsn(offset));
        if (!open.isEmpty() || boundary > before) {
            flush();
        }
    }

    /** Records between transactions, such as heartbeats, tell how far the log was read. */
    private void idle(Map<String, ?> offset) {
        long read = lsn(offset);
        if (read > boundary) {
            boundary = read;
            flush();
        }
    }

    private static long lsn(Map<String, ?> offset) {
        return offset.get("lsn_commit") instanceof Number lsn ? lsn.longValue() : 0;
    }

    private void change(SourceRecord record, Struct value) {
        Struct source = value.getStruct("source");
        String operation = value.getString("op");
        if (operation.equals("m")
                || !location.schema().equals(source.getString("schema"))
                || !location.table().equals(source.getString("table"))) {
            return;
        }
        Optional<Instant> at = Optional.ofNullable(value.schema().field("source"))
                .flatMap(field -> Optional.ofNullable(source.getInt64("ts_ms")))
                .map(Instant::ofEpochMilli);
        movedOn = false;
        switch (operation) {
            case "r", "c", "u" -> row(record, value, operation, copying ? Optional.empty() : at);
            case "d" -> deleted(record, at);
            case "t" -> {
                open.add(change(Change.Kind.TRUNCATE, Map.of(), Map.of(), at));
                shape = shape.withFile(0);
            }
            default -> throw new IllegalStateException("operation: " + operation);
        }
        if (open.size() >= most && !movedOn && (copying || !description.key().isEmpty())) {
            flush();
        }
    }

    private void row(SourceRecord record, Struct value, String operation, Optional<Instant> at) {
        Struct after = value.getStruct("after");
        look(after.schema());
        Map<String, Json> row = new LinkedHashMap<>();
        for (Field field : after.schema().fields()) {
            read(field, after).ifPresent(read -> row.put(field.name(), read));
        }
        Change.Kind kind =
                switch (operation) {
                    case "r" -> Change.Kind.READ;
                    case "c" -> Change.Kind.INSERT;
                    default -> Change.Kind.UPDATE;
                };
        if (kind == Change.Kind.UPDATE && description.key().isEmpty()) {
            again = Optional.of("a row changed, and the table has no key");
        }
        Map<String, Json> former = record.headers().lastWithName(OLD_KEY) == null
                ? Map.of()
                : key(record.headers().lastWithName(OLD_KEY).value());
        order++;
        open.add(new Change(kind, location.qualified(), key(record.key()), row, at, order, former));
    }

    private void deleted(SourceRecord record, Optional<Instant> at) {
        if (description.key().isEmpty()) {
            again = Optional.of("a row went, and the table has no key");
            return;
        }
        Map<String, Json> key = key(record.key());
        open.add(change(Change.Kind.DELETE, key, key, at));
        movedOn = record.headers().lastWithName(NEW_KEY) != null;
    }

    private Map<String, Json> key(@Nullable Object value) {
        Map<String, Json> key = new LinkedHashMap<>();
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                key.put(field.name(), read(field, struct).orElse(Json.NULL));
            }
        }
        return key;
    }

    private Optional<Json> read(Field field, Struct struct) {
        String name = field.name();
        return Values.read(field.schema(), struct.get(field), binary.contains(name), decimal.contains(name));
    }

    private Change change(Change.Kind kind, Map<String, Json> key, Map<String, Json> row, Optional<Instant> at) {
        order++;
        return new Change(kind, location.qualified(), key, row, at, order);
    }

    /** Debezium makes a new schema object when the table changes. */
    private void look(Schema schema) {
        if (schema == rowSchema) {
            return;
        }
        rowSchema = schema;
        Map<String, Integer> numbers = new HashMap<>();
        shape.columns().forEach(column -> numbers.put(column.name(), column.number()));
        columns = schema.fields().stream()
                .map(field -> new ChangeColumn(field.name(), Values.type(field.schema())))
                .toList();
        boolean same = columns.size() == numbers.size()
                && columns.stream().allMatch(column -> numbers.containsKey(column.name()));
        reshaped |= !same;
    }

    private void flush() {
        ready.add(batch(open));
        open = new ArrayList<>();
    }

    private ChangeBatch batch(List<Change> changes) {
        return new ChangeBatch(changes, copying ? "" : position().text(), copying, List.of(), columns);
    }
}
