package tatara.data.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.port.Change;
import tatara.core.port.ChangeColumn;
import tatara.core.port.ChangeFeed;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

@Timeout(120)
class FollowingTest {
    private static final String SOURCE = "fake://log?table=t&password=env:X";

    @TempDir
    Path home;

    private final Log log = new Log();

    @Test
    void aCopyAndThenChangesMakeTheTable() {
        log.declare(column("id", ChangeColumn.Type.INTEGER), column("name", ChangeColumn.Type.TEXT));
        log.copy(row(1, "a"), row(2, "b"));
        follow(100);
        log.put(row(3, "c"));
        log.delete(1);
        log.put(row(2, "B"));
        follow(100);
        assertThat(table()).containsExactly("2|B", "3|c");
        assertThat(types()).containsExactly("id BIGINT", "name VARCHAR");
    }

    @Test
    void whatIsCommittedIsNotAskedForAgain() {
        log.copy(row(1, "a"));
        follow(100);
        int read = log.handed;
        follow(100);
        assertThat(log.handed).isEqualTo(read);
        assertThat(snapshots()).isEqualTo(1);
    }

    @Test
    void aRowThatMovesKeepsWhatWasNotToldThoughATombstoneComesBetween() {
        log.copy(row(1, "long text"), row(2, "b"));
        follow(10);
        log.most = 10;
        log.move(1, 7);
        follow(10);
        assertThat(table()).containsExactly("2|b", "7|long text");
    }

    @Test
    void anyKillLeavesTheTableEqualInTheEnd() {
        Random random = new Random(7);
        log.declare(column("id", ChangeColumn.Type.INTEGER), column("name", ChangeColumn.Type.TEXT));
        log.copy(row(1, "a"), row(2, "b"), row(3, "c"));
        for (int round = 0; round < 12; round++) {
            for (int i = random.nextInt(60); i >= 0; i--) {
                long id = random.nextInt(25);
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> log.delete(id);
                    case 3 -> log.rename(id, 20 + random.nextInt(10));
                    case 4 -> log.touch(id);
                    case 5 -> {
                        if (random.nextInt(20) == 0) {
                            log.truncate();
                        }
                    }
                    default -> log.put(row(id, "v" + random.nextInt(1_000)));
                }
            }
            if (random.nextBoolean()) {
                abandoned(random.nextInt(80));
            } else {
                follow(1 + random.nextInt(40));
            }
        }
        follow(50);
        assertThat(table()).isEqualTo(log.expected());
    }

    @Test
    void anUnfinishedCopyIsForgottenWithRowsThatWentMeanwhile() {
        log.copy(row(1, "a"), row(2, "gone before the second try"));
        log.most = 2;
        try (Lake lake = lake()) {
            ChangeApplier applier = applier(lake);
            ChangeFeed feed = log.open("");
            applier.add(feed.poll(Duration.ZERO, 2).orElseThrow());
            assertThat(applier.mayCommit()).isFalse();
        }
        log.copy(row(1, "a"));
        follow(2);
        assertThat(table()).containsExactly("1|a");
    }

    @Test
    void aCopyLargerThanMemoryIsPutAsideAndReplacesTheTable() {
        List<Map<String, Json>> rows = new ArrayList<>();
        for (int i = 0; i < 120_000; i++) {
            rows.add(row(i, "n" + i));
        }
        log.copy(row(-1, "old"));
        follow(10);
        log.copy(rows);
        follow(20_000);
        assertThat(table()).hasSize(120_000).contains("77777|n77777").doesNotContain("-1|old");
    }

    @Test
    void numbersThatBecomeTextWidenTheColumnAndLoseNothing() {
        log.copy(values(1, "v", new Json.Num(9_007_199_254_740_993L)), values(2, "v", new Json.Num(5L)));
        follow(10);
        assertThat(types()).containsExactly("id BIGINT", "v BIGINT");
        log.put(values(3, "v", new Json.Num(0.5)));
        ChangeApplier applier = follow(10);
        assertThat(types()).containsExactly("id BIGINT", "v VARCHAR");
        log.put(values(4, "v", Json.string("n/a")));
        log.put(values(5, "v", new Json.Bool(true)));
        follow(10);
        assertThat(table()).containsExactly("1|9007199254740993", "2|5", "3|0.5", "4|n/a", "5|true");
        assertThat(applier.changedColumns()).anyMatch(told -> told.contains("column v became"));
    }

    @Test
    void smallIntegersBecomeFloatingPoint() {
        log.copy(values(1, "v", new Json.Num(5L)));
        follow(10);
        log.put(values(2, "v", new Json.Num(2.5)));
        follow(10);
        assertThat(types()).containsExactly("id BIGINT", "v DOUBLE");
        assertThat(table()).containsExactly("1|5.0", "2|2.5");
    }

    @Test
    void columnsComeAndGo() {
        log.declare(column("id", ChangeColumn.Type.INTEGER), column("name", ChangeColumn.Type.TEXT));
        log.copy(row(1, "a"), row(2, "b"));
        follow(10);
        log.declare(column("id", ChangeColumn.Type.INTEGER), column("at", ChangeColumn.Type.TIME));
        log.put(values(2, "at", Json.string("2024-02-29 12:00:00.000001")));
        ChangeApplier applier = follow(10);
        assertThat(types()).containsExactly("id BIGINT", "at TIMESTAMP");
        assertThat(table()).containsExactly("1|null", "2|2024-02-29 12:00:00.000001");
        assertThat(applier.changedColumns()).containsExactly("added column at (TIMESTAMP)", "dropped column name");
        log.put(values(3, "at", Json.string("infinity")));
        follow(10);
        assertThat(types()).containsExactly("id BIGINT", "at VARCHAR");
        assertThat(table()).contains("3|infinity");
    }

    @Test
    void hostileNamesAreKept() {
        Map<String, Json> row = new LinkedHashMap<>(row(1, "a"));
        row.put("\"; DROP TABLE t; --\n", Json.string("x'y\u0000z"));
        row.put("_row", new Json.Num(7L));
        row.put("Name", Json.string("other case"));
        row.put("deleted", new Json.Bool(false));
        log.copy(row);
        follow(10);
        log.put(row);
        follow(10);
        assertThat(table()).containsExactly("1|a|x'y\u0000z|7|other case|false");
    }

    @Test
    void rowsWithoutAKeyAreAddedExactlyOnce() {
        log.keyless = true;
        log.copy(row(1, "a"));
        follow(10);
        log.put(row(1, "a"));
        log.put(row(2, "b"));
        abandoned(1);
        follow(10);
        follow(10);
        assertThat(table()).containsExactly("1|a", "1|a", "2|b");
    }

    @Test
    void aChangeWithoutAKeyIsKeptForAPerson() throws IOException {
        log.copy(row(1, "a"));
        log.append(new Change(Change.Kind.DELETE, "t", Map.of(), Map.of("x", Json.string("y")), Optional.empty(), 99));
        log.put(row(2, "b"));
        ChangeApplier applier = follow(10);
        assertThat(table()).containsExactly("1|a", "2|b");
        assertThat(applier.quarantined()).isEqualTo(1);
        assertThat(Files.readString(applier.quarantineFile())).contains("a change without a key", "DELETE");
    }

    @Test
    void aLateChangeDoesNotUndoALaterOne() {
        log.copy(row(1, "a"));
        log.append(new Change(Change.Kind.UPDATE, "t", key(1), row(1, "new"), Optional.empty(), 50));
        log.append(new Change(Change.Kind.UPDATE, "t", key(1), row(1, "old"), Optional.empty(), 40));
        assertThat(follow(10).late()).isEqualTo(1);
        assertThat(table()).containsExactly("1|new");
    }

    @Test
    void aTableThatWasWrittenOtherwiseBeginsAnew() {
        log.copy(row(1, "a"));
        follow(10);
        try (Lake lake = lake()) {
            lake.replace("raw", "p.t", "SELECT 5 AS id, 'z' AS name");
            assertThat(applier(lake).position()).isEmpty();
        }
        follow(10);
        assertThat(table()).containsExactly("1|a");
    }

    @Test
    void aRestoredTableBeginsAnewAndACompactedOneGoesOn() {
        log.copy(row(1, "a"));
        follow(10);
        log.put(row(2, "b"));
        follow(10);
        try (Lake lake = lake()) {
            String old = Long.toString(
                    lake.history().log("raw", "p.t", "main").get(1).table().snapshot());
            lake.history().restore("raw", "p.t", old);
            assertThat(applier(lake).position()).isEmpty();
        }
        follow(10);
        assertThat(table()).containsExactly("1|a", "2|b");
    }

    @Test
    void anotherWriterIsNoticed() {
        log.copy(row(1, "a"));
        try (Lake lake = lake()) {
            ChangeApplier applier = applier(lake);
            applier.add(log.open("").poll(Duration.ZERO, 10).orElseThrow());
            applier.commit();
            lake.append("raw", "p.t", "SELECT 9 AS id, 'theirs' AS name", Map.of());
            log.put(row(2, "b"));
            applier.add(log.open(applier.position()).poll(Duration.ZERO, 10).orElseThrow());
            assertThatThrownBy(applier::commit).isInstanceOfSatisfying(TataraException.class, e -> assertThat(e.code())
                    .isEqualTo(ChangeErrorCode.TABLE_TAKEN));
        }
        follow(10);
        assertThat(table()).containsExactly("1|a", "2|b");
    }

    @Test
    void manySmallCommitsKeepFewSnapshots() {
        log.copy(row(0, "a"));
        try (Lake lake = lake()) {
            ChangeApplier applier = applier(lake);
            for (int i = 1; i <= 45; i++) {
                ChangeFeed feed = log.open(applier.position());
                applier.add(feed.poll(Duration.ZERO, 10).orElseThrow());
                applier.commit();
                if (i == 5) {
                    lake.history().tag("raw", "p.t", "kept", "main");
                }
                log.put(row(i, "b" + i));
            }
            assertThat(lake.history().log("raw", "p.t", "main")).hasSizeLessThan(45);
            assertThat(lake.history().at("raw", "p.t", "kept"))
                    .hasValueSatisfying(ref -> assertThat(ref.rows()).isEqualTo(5));
        }
        assertThat(table()).hasSize(45);
    }

    @Test
    void oneProcessFollowsIntoATable() {
        try (FollowLock held = FollowLock.take(home.resolve("w"))) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> FollowLock.take(home.resolve("w"))).isInstanceOf(TataraException.class);
        }
        FollowLock.take(home.resolve("w")).close();
    }

    private ChangeApplier follow(int most) {
        try (Lake lake = lake()) {
            ChangeApplier applier = applier(lake);
            log.most = most;
            ChangeFeed feed = log.open(applier.position());
            boolean complete = new Following(feed, applier, Clock.systemUTC(), System::nanoTime, progress -> {})
                    .run(true, Optional.of(Duration.ofSeconds(60)), () -> false);
            assertThat(complete).isTrue();
            return applier;
        }
    }

    /** A process that is killed after some changes, before or after a commit. */
    private void abandoned(int changes) {
        try (Lake lake = lake()) {
            ChangeApplier applier = applier(lake);
            log.most = 7;
            ChangeFeed feed = log.open(applier.position());
            for (int i = 0; i < changes; i += 7) {
                feed.poll(Duration.ZERO, 7).ifPresent(applier::add);
                if (i % 3 == 0 && applier.mayCommit()) {
                    applier.commit();
                }
            }
        }
    }

    private Lake lake() {
        return Lake.open(home, 256, 1);
    }

    private ChangeApplier applier(Lake lake) {
        return new ChangeApplier(lake, "p.t", SOURCE, home.resolve("lake/changes/p/t"));
    }

    private int snapshots() {
        try (Lake lake = lake()) {
            return lake.history().log("raw", "p.t", "main").size();
        }
    }

    private List<String> types() {
        try (Lake lake = lake()) {
            return lake.types(lake.current("raw", "p.t").orElseThrow()).stream()
                    .map(column -> column.name() + " " + column.type())
                    .toList();
        }
    }

    private List<String> table() {
        try (Lake lake = lake()) {
            TableRef ref = lake.current("raw", "p.t").orElseThrow();
            List<TableColumn> columns = lake.types(ref);
            return lake
                    .engine()
                    .query("SELECT * FROM " + lake.from(ref), row -> {
                        List<String> cells = new ArrayList<>();
                        for (int i = 1; i <= columns.size(); i++) {
                            cells.add(String.valueOf(row.getString(i)));
                        }
                        return String.join("|", cells);
                    })
                    .stream()
                    .sorted()
                    .toList();
        }
    }

    private static ChangeColumn column(String name, ChangeColumn.Type type) {
        return new ChangeColumn(name, type);
    }

    private static Map<String, Json> key(long id) {
        return Map.of("id", new Json.Num(id));
    }

    private static Map<String, Json> row(long id, String name) {
        return values(id, "name", Json.string(name));
    }

    private static Map<String, Json> values(long id, String column, Json value) {
        Map<String, Json> row = new LinkedHashMap<>();
        row.put("id", new Json.Num(id));
        row.put(column, value);
        return row;
    }

    /** A source that keeps its whole log; positions are indexes. A copy that is asked for shows what there is now. */
    private static final class Log {
        private final List<Change> changes = new ArrayList<>();
        private final Map<Long, Map<String, Json>> rows = new TreeMap<>();
        private List<ChangeColumn> columns = List.of();
        private List<Map<String, Json>> copied = List.of();
        private boolean keyless;
        private int begin;
        private int most = 10;
        private int handed;

        void declare(ChangeColumn... declared) {
            columns = List.of(declared);
        }

        @SafeVarargs
        final void copy(Map<String, Json>... all) {
            copy(List.of(all));
        }

        void copy(List<Map<String, Json>> all) {
            copied = all;
            changes.add(new Change(Change.Kind.TRUNCATE, "t", Map.of(), Map.of(), Optional.empty(), 0));
            begin = changes.size();
            rows.clear();
            all.forEach(row -> rows.put(id(row), row));
        }

        void put(Map<String, Json> row) {
            rows.put(id(row), row);
            append(Change.Kind.INSERT, id(row), row);
        }

        void delete(long id) {
            rows.remove(id);
            append(Change.Kind.DELETE, id, Map.of());
        }

        /** As Kafka tells it: with a tombstone after the deletion. */
        void move(long from, long to) {
            append(Change.Kind.DELETE, from, Map.of());
            rename(from, to);
        }

        void rename(long from, long to) {
            Map<String, Json> row = rows.get(from);
            if (row != null && from != to) {
                delete(from);
                rows.put(to, row(to, ((Json.Str) row.get("name")).value()));
                append(new Change(
                        Change.Kind.INSERT,
                        "t",
                        key(to),
                        key(to),
                        Optional.of(Instant.EPOCH),
                        changes.size() + 1_000_000L,
                        key(from)));
            }
        }

        /** An update that tells nothing of the name. */
        void touch(long id) {
            if (rows.containsKey(id)) {
                append(Change.Kind.UPDATE, id, key(id));
            }
        }

        void truncate() {
            rows.clear();
            append(new Change(
                    Change.Kind.TRUNCATE, "t", Map.of(), Map.of(), Optional.empty(), changes.size() + 1_000_000L));
        }

        private void append(Change.Kind kind, long id, Map<String, Json> row) {
            append(new Change(
                    kind,
                    "t",
                    keyless ? Map.of() : key(id),
                    row,
                    Optional.of(Instant.EPOCH),
                    changes.size() + 1_000_000L));
        }

        void append(Change change) {
            changes.add(change);
        }

        private static long id(Map<String, Json> row) {
            return ((Json.Num) row.get("id")).value().longValue();
        }

        List<String> expected() {
            return rows.values().stream()
                    .map(row -> id(row) + "|" + ((Json.Str) row.get("name")).value())
                    .sorted()
                    .toList();
        }

        ChangeFeed open(String position) {
            return new Feed(position);
        }

        private final class Feed implements ChangeFeed {
            private final List<Change> copy = new ArrayList<>();
            private boolean copying;
            private int at;

            Feed(String position) {
                copying = position.isEmpty() || Integer.parseInt(position) < begin;
                at = copying ? begin : Integer.parseInt(position);
                if (copying) {
                    copy.add(new Change(Change.Kind.TRUNCATE, "t", Map.of(), Map.of(), Optional.empty(), 0));
                    for (Map<String, Json> row : copied) {
                        copy.add(new Change(
                                Change.Kind.READ, "t", keyless ? Map.of() : key(id(row)), row, Optional.empty(), 1));
                    }
                }
            }

            @Override
            public Optional<ChangeBatch> poll(Duration wait, int asked) {
                if (copying) {
                    List<Change> part = List.copyOf(copy.subList(0, Math.min(most, copy.size())));
                    copy.subList(0, part.size()).clear();
                    copying = !copy.isEmpty();
                    handed += part.size();
                    return Optional.of(
                            new ChangeBatch(part, copying ? "" : Integer.toString(at), true, List.of(), columns));
                }
                if (at == changes.size()) {
                    return Optional.empty();
                }
                int end = Math.min(changes.size(), at + most);
                end += end < changes.size() && !changes.get(end).formerKey().isEmpty() ? 1 : 0;
                List<Change> part = changes.subList(at, end);
                at += part.size();
                handed += part.size();
                return Optional.of(new ChangeBatch(part, Integer.toString(at), false, List.of(), columns));
            }

            @Override
            public void stored(String position) {
                assertThat(Integer.parseInt(position)).isLessThanOrEqualTo(at);
            }

            @Override
            public Optional<Boolean> caughtUp() {
                return Optional.of(!copying && at == changes.size());
            }

            @Override
            public void close() {}
        }
    }
}
