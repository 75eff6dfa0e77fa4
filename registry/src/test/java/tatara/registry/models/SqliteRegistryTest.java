package tatara.registry.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.ErrorCode;
import tatara.core.error.TataraException;
import tatara.core.port.ModelRegistry.Version;

class SqliteRegistryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path home;

    @Test
    void numbersVersionsFromOneAndKeepsWhatWasRegistered() {
        try (SqliteRegistry registry = open()) {
            Version first = registry.register("churn", home.resolve("artifacts/a"), "key-a", Map.of("metric", "0.84"));
            Version second = registry.register("churn", home.resolve("artifacts/b"), "key-b", Map.of());

            assertThat(first)
                    .isEqualTo(new Version(
                            "churn", 1, home.resolve("artifacts/a"), "none", "key-a", NOW, Map.of("metric", "0.84")));
            assertThat(second.version()).isEqualTo(2);
            assertThat(registry.versions("churn")).containsExactly(second, first);
            assertThat(registry.find("churn", 1)).contains(first);
            assertThat(registry.find("churn", 3)).isEmpty();
            assertThat(registry.versions("other")).isEmpty();
            assertThat(registry.production("churn")).isEmpty();
        }
        try (SqliteRegistry again = open()) {
            assertThat(again.models()).containsExactly("churn");
            assertThat(again.versions("churn")).hasSize(2);
        }
    }

    @Test
    void theSameKeyGivesTheSameVersion() {
        try (SqliteRegistry registry = open()) {
            Version first = registry.register("churn", home.resolve("a"), "key", Map.of());
            registry.promote("churn", 1, "production", "good");

            Version again = registry.register("churn", home.resolve("b"), "key", Map.of("x", "y"));

            assertThat(again.version()).isEqualTo(1);
            assertThat(again.bundle()).isEqualTo(first.bundle());
            assertThat(again.stage()).isEqualTo("production");
            assertThat(registry.register("other", home.resolve("a"), "key", Map.of())
                            .version())
                    .isEqualTo(1);
        }
    }

    @Test
    void onlyOneVersionIsInProductionAndTheHistoryTellsWhy() {
        try (SqliteRegistry registry = SqliteRegistry.open(database(), CLOCK, "ada")) {
            registry.register("churn", home.resolve("a"), "a", Map.of());
            registry.register("churn", home.resolve("b"), "b", Map.of());
            registry.promote("churn", 1, "production", "first");
            Version second = registry.promote("churn", 2, "production", "better by 0.01");
            registry.promote("churn", 2, "production", "again");

            assertThat(registry.production("churn")).contains(second);
            assertThat(registry.find("churn", 1).orElseThrow().stage()).isEqualTo("archived");
            assertThat(registry.history("churn"))
                    .extracting(StageChange::version, StageChange::from, StageChange::to, StageChange::reason)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1, "", "none", "registered"),
                            org.assertj.core.groups.Tuple.tuple(2, "", "none", "registered"),
                            org.assertj.core.groups.Tuple.tuple(1, "none", "production", "first"),
                            org.assertj.core.groups.Tuple.tuple(1, "production", "archived", "version 2 takes over"),
                            org.assertj.core.groups.Tuple.tuple(2, "none", "production", "better by 0.01"));
            assertThat(registry.history("churn")).allSatisfy(change -> {
                assertThat(change.actor()).isEqualTo("ada");
                assertThat(change.at()).isEqualTo(NOW);
            });
        }
    }

    @Test
    void theHistoryCanNotBeRewritten() throws SQLException {
        try (SqliteRegistry registry = open()) {
            registry.register("churn", home.resolve("a"), "a", Map.of());
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
                    Statement statement = other.createStatement()) {
                assertThatThrownBy(() -> statement.execute("UPDATE registry_history SET reason = 'x'"))
                        .hasMessageContaining("append-only");
                assertThatThrownBy(() -> statement.execute("DELETE FROM registry_history"))
                        .hasMessageContaining("append-only");
            }
            assertThat(registry.history("churn")).hasSize(1);
        }
    }

    @Test
    void theRevisionChangesWithEveryChangeOfAnotherInstance() {
        try (SqliteRegistry one = open();
                SqliteRegistry two = open()) {
            long empty = one.revision();
            two.register("churn", home.resolve("a"), "a", Map.of());
            long registered = one.revision();
            two.promote("churn", 1, "production", "");

            assertThat(registered).isNotEqualTo(empty);
            assertThat(one.revision()).isNotEqualTo(registered).isEqualTo(two.revision());
        }
    }

    @Test
    void twoInstancesRegisterAndPromoteAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SqliteRegistry one = open();
                SqliteRegistry two = open()) {
            List<Future<Version>> versions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                SqliteRegistry registry = i % 2 == 0 ? one : two;
                String key = "key-" + i / 2;
                versions.add(threads.submit(() -> {
                    Version version = registry.register("churn", home.resolve(key), key, Map.of());
                    return registry.promote("churn", version.version(), "production", key);
                }));
            }
            for (Future<Version> version : versions) {
                version.get();
            }

            assertThat(one.versions("churn"))
                    .extracting(Version::version)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).mapToObj(i -> 21 - i).toList());
            assertThat(one.versions("churn"))
                    .filteredOn(version -> version.stage().equals("production"))
                    .hasSize(1);
            assertThat(two.versions("churn")).isEqualTo(one.versions("churn"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void manyInstancesOpenANewFileAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> opened = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String key = "key-" + i;
                opened.add(threads.submit(() -> {
                    try (SqliteRegistry registry = open()) {
                        registry.register("churn", home.resolve(key), key, Map.of());
                    }
                }));
            }
            for (Future<?> each : opened) {
                each.get();
            }
            try (SqliteRegistry registry = open()) {
                assertThat(registry.versions("churn")).hasSize(12);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMovedHomeFindsItsBundles() throws IOException {
        Path before = home.resolve("before");
        try (SqliteRegistry registry = SqliteRegistry.open(before.resolve("tatara.db"), CLOCK)) {
            registry.register("churn", before.resolve("artifacts/a"), "a", Map.of());
            registry.register("churn", home.resolve("outside"), "b", Map.of());
        }
        Path after = Files.move(before, home.resolve("after"));
        try (SqliteRegistry registry = SqliteRegistry.open(after.resolve("tatara.db"), CLOCK)) {
            assertThat(registry.find("churn", 1).orElseThrow().bundle()).isEqualTo(after.resolve("artifacts/a"));
            assertThat(registry.find("churn", 2).orElseThrow().bundle()).isEqualTo(home.resolve("outside"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "..", "a/b", "a\\b", "a\nb", "a?b", "a%2fb"})
    void refusesNamesThatAreNoPathSegment(String name) {
        try (SqliteRegistry registry = open()) {
            assertFails(() -> registry.register(name, home, "key", Map.of()), RegistryErrorCode.INVALID_ENTRY);
            assertThat(registry.models()).isEmpty();
        }
    }

    @Test
    void takesNamesThatLookLikeSql() {
        String name = "x'); DROP TABLE registry_version; --\u540d\"";
        try (SqliteRegistry registry = open()) {
            registry.register(name, home.resolve("a"), "k'\"", Map.of("a'b", "\u0000\"c"));
            assertThat(registry.models()).containsExactly(name);
            assertThat(registry.versions(name).get(0).tags()).isEqualTo(Map.of("a'b", "\u0000\"c"));
        }
    }

    @Test
    void refusesAnUnknownVersionOrStageAndNamesTheKnownOnes() {
        try (SqliteRegistry registry = open()) {
            registry.register("churn", home.resolve("a"), "a", Map.of());
            assertFails(() -> registry.promote("churn", 7, "production", ""), RegistryErrorCode.VERSION_NOT_FOUND, "1");
            assertFails(() -> registry.promote("no", 1, "production", ""), RegistryErrorCode.VERSION_NOT_FOUND, "no");
            assertFails(() -> registry.promote("churn", 1, "live", ""), RegistryErrorCode.INVALID_ENTRY, "staging");
        }
    }

    @Test
    void aFileThatIsNoDatabaseSaysWhatToDo() throws IOException {
        Files.writeString(database(), "this is not a database, it is a letter. ".repeat(100));
        assertFails(this::open, RegistryErrorCode.DATABASE_CORRUPT, "run NAME", "tatara.db");
    }

    @Test
    void aDamagedDatabaseSaysWhatToDo() throws IOException {
        try (SqliteRegistry registry = open()) {
            for (int i = 0; i < 50; i++) {
                registry.register("churn", home.resolve("a"), "key" + i, Map.of("text", "x".repeat(500)));
            }
        }
        byte[] bytes = Files.readAllBytes(database());
        byte[] noise = "garbage ".repeat(bytes.length / 8).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(noise, 0, bytes, 4096, bytes.length - 4096);
        Files.write(database(), bytes);
        assertFails(
                () -> {
                    try (SqliteRegistry registry = open()) {
                        registry.versions("churn");
                    }
                },
                RegistryErrorCode.DATABASE_CORRUPT,
                "tatara.db");
    }

    @Test
    void aPlaceThatCanNotBeWrittenSaysWhatToDo() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertFails(
                () -> SqliteRegistry.open(file.resolve("tatara.db"), CLOCK),
                RegistryErrorCode.DATABASE_UNAVAILABLE,
                "--home");
        Path folder = Files.createDirectory(database());
        assertFails(() -> SqliteRegistry.open(folder, CLOCK), RegistryErrorCode.DATABASE_UNAVAILABLE, "folder");
        assertFails(
                () -> SqliteRegistry.open(Path.of("/proc/tatara.db"), CLOCK), RegistryErrorCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void aDatabaseOfANewerProgramIsLeftAlone() throws SQLException {
        open().close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO registry_migration (step) VALUES (999)");
        }
        assertFails(this::open, RegistryErrorCode.DATABASE_TOO_NEW, "999");
    }

    @Test
    void aClosedRegistrySaysSo() {
        SqliteRegistry registry = open();
        registry.close();
        registry.close();
        assertFails(registry::models, RegistryErrorCode.CLOSED);
    }

    private Path database() {
        return home.resolve("tatara.db");
    }

    private SqliteRegistry open() {
        return SqliteRegistry.open(database(), CLOCK);
    }

    private static void assertFails(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TataraException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(List.of(words)).allSatisfy(word -> assertThat(e).hasMessageContaining(word));
        });
    }
}
