package tatara.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.Association;
import tatara.core.evidence.CandidateKey;
import tatara.core.evidence.ColumnStructure;
import tatara.core.evidence.Dependency;
import tatara.core.evidence.Inclusion;
import tatara.core.evidence.MissingStructure;
import tatara.core.evidence.Outliers;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;
import tatara.core.evidence.TextStructure;
import tatara.core.evidence.TimeStructure;
import tatara.core.json.Document;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

class StructureProfilerTest {
    @TempDir
    static Path home;

    private static Tables tables;

    @BeforeAll
    static void open() {
        tables = new Tables(home);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static TableStructure structure(TableProfile profile) {
        return new StructureProfiler(tables.lake()).structure(profile);
    }

    private static TableStructure structure(String sql) {
        return structure(tables.query("structure", sql));
    }

    private static ColumnStructure column(TableStructure structure, String name) {
        return structure.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String uniform(int salt) {
        return "((hash(i * 31 + " + salt + ") >> 11)::DOUBLE / 9007199254740992.0)";
    }

    @Test
    void dependenciesAreFoundMinimalAndWithTheirError() {
        TableStructure found = structure("SELECT i AS id, 'zip ' || (hash(i) % 60) AS zip, "
                + "CASE WHEN i % 50 = 7 THEN 'typo' ELSE 'town ' || (hash(i) % 60 // 3) END AS town, "
                + "'c' || (hash(i + 5000) % 25) AS a, 'd' || (hash(i + 9000) % 25) AS b, "
                + "'e' || ((hash(i + 5000) % 25 + hash(i + 9000) % 25) % 25) AS joint FROM range(3000) t(i)");
        assertThat(found.dependencies())
                .filteredOn(dependency -> dependency.determinants().equals(List.of("zip")))
                .singleElement()
                .satisfies(dependency -> {
                    assertThat(dependency.dependent()).isEqualTo("town");
                    assertThat(dependency.error()).isCloseTo(0.02, within(0.0005));
                    assertThat(dependency.byChance()).isGreaterThan(0.7);
                    assertThat(dependency.exact()).isTrue();
                });
        assertThat(found.dependencies())
                .filteredOn(dependency -> dependency.dependent().equals("joint"))
                .extracting(Dependency::determinants)
                .containsExactly(List.of("a", "b"));
        assertThat(found.dependencies())
                .noneMatch(dependency -> dependency.determinants().contains("id"));
    }

    @Test
    void smallTablesOfNoiseHaveNoDependenciesKeysOrAssociations() {
        Random random = new Random(3);
        for (int rows : new int[] {2, 12, 60}) {
            Tables.Table table = tables.table("noise" + rows);
            for (int column = 0; column < 12; column++) {
                int levels = 2 + column;
                table.with("c" + column, rows, row -> "v" + random.nextInt(levels));
            }
            TableStructure found = structure(table.profile());
            assertThat(found.dependencies()).as("%d rows", rows).isEmpty();
            assertThat(found.associations()).as("%d rows", rows).isEmpty();
            assertThat(found.keys())
                    .as("%d rows", rows)
                    .noneMatch(key -> key.columns().size() > 1);
        }
    }

    @Test
    void compositeKeysAreMinimal() {
        TableStructure found = structure("SELECT 's' || (i // 40) AS store, 'w' || (i % 40) AS week, "
                + "'x' || (hash(i) % 7) AS other, round(" + uniform(1) + " * 50) AS sold FROM range(2000) t(i)");
        assertThat(found.keys()).extracting(CandidateKey::columns).containsExactly(List.of("store", "week"));
        assertThat(found.keys().get(0).repeats()).isGreaterThan(900);
    }

    @Test
    void associationsOfEveryMixtureOfTypes() {
        String normal = "(" + uniform(1) + " + " + uniform(2) + " + " + uniform(3) + ")";
        TableStructure found = structure("SELECT " + normal + " AS x, exp(5 * " + normal + ") AS steep, "
                + "CASE WHEN " + normal + " > 1.5 THEN 'high' ELSE 'low' END AS level, "
                + "CASE WHEN " + normal + " > 1.5 THEN 'H' WHEN " + uniform(9)
                + " < 0.5 THEN 'L' ELSE 'l' END AS code, "
                + uniform(20) + " AS noise, 'g' || (hash(i + 77) % 4) AS dice FROM range(4000) t(i)");
        assertThat(pair(found, "x", "steep").value()).isCloseTo(1, within(1e-9));
        assertThat(pair(found, "x", "steep").linear()).isBetween(0.3, 0.9);
        assertThat(pair(found, "x", "level").measure()).isEqualTo(Association.Measure.CORRELATION_RATIO);
        assertThat(pair(found, "x", "level").value()).isBetween(0.75, 0.85);
        assertThat(pair(found, "level", "code").measure()).isEqualTo(Association.Measure.CRAMERS_V);
        assertThat(pair(found, "level", "code").value()).isCloseTo(1, within(0.01));
        assertThat(found.associations())
                .noneMatch(pair -> List.of(pair.first(), pair.second()).contains("noise")
                        || List.of(pair.first(), pair.second()).contains("dice"));
        assertThat(found.matrix().columns()).contains("x", "noise", "dice");
        assertThat(found.matrix().values().get(0)[0]).isEqualTo(1);
    }

    private static Association pair(TableStructure found, String first, String second) {
        return found.associations().stream()
                .filter(pair -> pair.first().equals(first) && pair.second().equals(second))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void valuesThatAreMissingTogetherAndWhere() {
        TableStructure found = structure("SELECT i AS id, CASE WHEN i % 10 < 3 THEN NULL ELSE i END AS a, "
                + "CASE WHEN i % 10 < 3 THEN NULL ELSE 'b' || i % 5 END AS b, "
                + "CASE WHEN i % 2 = 0 AND " + uniform(4) + " < 0.8 THEN NULL ELSE 1.5 * i END AS c, "
                + "CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END AS kind FROM range(2000) t(i)");
        MissingStructure missing = found.missing();
        assertThat(missing.patterns())
                .filteredOn(pattern -> pattern.columns().equals(List.of("a", "b")))
                .singleElement()
                .satisfies(pattern -> assertThat(pattern.rows()).isBetween(230L, 330L));
        assertThat(missing.patterns().stream()
                        .mapToLong(MissingStructure.Pattern::rows)
                        .sum())
                .isEqualTo(2000);
        assertThat(missing.pairs().get(0).overlap()).isEqualTo(1);
        assertThat(missing.segments())
                .filteredOn(segment -> segment.column().equals("c"))
                .filteredOn(segment ->
                        segment.by().equals("kind") && segment.value().equals("even"))
                .singleElement()
                .satisfies(segment -> {
                    assertThat(segment.share()).isCloseTo(0.8, within(0.05));
                    assertThat(segment.elsewhere()).isZero();
                });
    }

    @Test
    void outliersOfEvenAndOfSkewedNumbers() {
        String normal = "sqrt(-2 * ln(" + uniform(1) + " + 1e-12)) * cos(2 * pi() * " + uniform(2) + ")";
        TableStructure found = structure("SELECT CASE WHEN i = 1234 THEN 90.0 ELSE " + normal + " END AS even, exp("
                + normal + ") AS skewed FROM range(5000) t(i)");
        Outliers even = column(found, "even").outliers().orElseThrow();
        assertThat(even.method()).isEqualTo(Outliers.Method.ROBUST_Z);
        assertThat(even.rows()).isBetween(1L, 10L);
        assertThat(even.examples()).contains(90);
        Outliers skewed = column(found, "skewed").outliers().orElseThrow();
        assertThat(skewed.method()).isEqualTo(Outliers.Method.ADJUSTED_BOXPLOT);
        assertThat(skewed.share()).isLessThan(0.02);
        assertThat(found.outlyingRows().get(0).row()).isEqualTo(1234);
        assertThat(found.outlyingRows().get(0).cells().get(0)).isEqualTo("even = 90");
    }

    @Test
    void formsOfTexts() {
        TableStructure found = structure("SELECT 'AB-' || lpad((i % 1000)::VARCHAR, 4, '0') AS plate, "
                + "CASE i % 3 WHEN 0 THEN 'the parcel was late and it is not on my table' "
                + "WHEN 1 THEN 'this is for you with the best of all' ELSE 'that was the end of it ' || i END AS said, "
                + "CASE WHEN i % 100 = 0 THEN 'caf\uFFFD' ELSE 'caf\u00E9' END AS place, "
                + "'\u0421\u043B\u043E\u0432\u043E' || i % 9 AS word FROM range(1500) t(i)");
        TextStructure plate = column(found, "plate").text().orElseThrow();
        assertThat(plate.patterns().get(0).value()).isEqualTo("AA-9999");
        assertThat(plate.patternShare()).isEqualTo(1);
        assertThat(plate.lengths()).containsOnly(7);
        assertThat(column(found, "said").text().orElseThrow().language()).contains("en");
        assertThat(column(found, "place").text().orElseThrow().broken()).isEqualTo(15);
        assertThat(column(found, "word").text().orElseThrow().script()).isEqualTo("cyrillic");
    }

    @Test
    void structureOfTimes() {
        String hourly = "TIMESTAMP '2024-01-01' + to_hours(i) + to_days(CASE WHEN i > 900 THEN 3 ELSE 0 END)";
        TableProfile profile = tables.query(
                "times",
                "SELECT " + hourly + " AS hourly, TIMESTAMP '2023-12-31 22:00:00' + to_days(i % 400) AS shifted, "
                        + "TIMESTAMP '2024-01-01 09:00:00' + to_days(i % 700) + to_minutes((hash(i) % 60)::BIGINT) AS office "
                        + "FROM range(1400) t(i)");
        TableStructure found = new StructureProfiler(tables.lake())
                .structure(profile, Optional.of(Instant.parse("2024-02-01T00:00:00Z")));
        TimeStructure times = column(found, "hourly").times().orElseThrow();
        assertThat(times.granularity()).isEqualTo(TimeStructure.Granularity.HOUR);
        assertThat(times.order()).isEqualTo(TimeStructure.Order.ASCENDING);
        assertThat(times.gaps()).isEqualTo(1);
        assertThat(times.longestGapSeconds()).isEqualTo(73 * 3600);
        assertThat(times.future()).isEqualTo(1400 - 31 * 24 - 1);
        assertThat(column(found, "shifted").times().orElseThrow().zones())
                .singleElement()
                .asString()
                .contains("22:00 UTC: perhaps midnight in another zone");
        assertThat(column(found, "office").times().orElseThrow().seasons())
                .extracting(TimeStructure.Season::cycle)
                .contains("hour");
    }

    @Test
    void offsetsInTheTextOfTimesAreTold() {
        TableStructure found = structure(tables.table("offsets")
                .with("at", 200, i -> LocalDate.of(2024, 1, 1).plusDays(i) + "T08:00:00+02:00")
                .profile());
        assertThat(column(found, "at").times().orElseThrow().zones()).contains("written with the offset +02:00");
    }

    @Test
    void aColumnsValuesInAnother() {
        TableStructure found = structure(tables.table("staff")
                .with("employee", 300, i -> "E" + (1000 + 7 * i))
                .with("manager", 300, i -> "E" + (1000 + 7 * (i / 10)))
                .with("count", 300, i -> Integer.toString(i % 40))
                .with("row", 300, i -> Integer.toString(i))
                .profile());
        assertThat(found.inclusions())
                .extracting(Inclusion::column, Inclusion::in)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("manager", "employee"));
    }

    @Test
    void largeTablesAreSampledAndConfirmed() {
        TableProfile profile = tables.query(
                "large",
                "SELECT 'k' || (i // 500) AS a, 'l' || (i % 500) AS b, hash(i) % 90 AS zip, hash(i) % 90 // 10 AS area, "
                        + uniform(3) + " AS x FROM range(250000) t(i)");
        TableStructure found = structure(profile);
        assertThat(found.exact()).isFalse();
        assertThat(found.looked()).isBetween(60_000L, 120_000L);
        assertThat(found.keys())
                .containsExactly(new CandidateKey(
                        List.of("a", "b"), true, found.keys().get(0).repeats()));
        assertThat(found.dependencies())
                .filteredOn(each -> each.dependent().equals("area"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.determinants()).containsExactly("zip");
                    assertThat(each.exact()).isTrue();
                    assertThat(each.rows()).isEqualTo(250_000);
                    assertThat(each.error()).isZero();
                });
        assertThat(structure(profile)).usingRecursiveComparison().isEqualTo(found);
    }

    @Test
    void manyColumnsAreBounded() {
        Tables.Table table = tables.table("wide");
        for (int column = 0; column < 400; column++) {
            int salt = column;
            table.with("c" + column, 40, row -> Integer.toString((row * 37 + salt * 11) % 23));
        }
        TableStructure found = structure(table.profile());
        assertThat(found.columns()).hasSize(400);
        assertThat(found.notes()).anyMatch(note -> note.startsWith("Associations were measured between the first 120"));
        assertThat(found.matrix().columns()).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void hostileNamesEmptyTablesAndDocuments() {
        TableProfile profile = tables.table("hostile")
                .with("a\"; DROP TABLE x; --", 60, i -> i % 3 == 0 ? "" : "'" + i % 5)
                .with("b\n'", 60, i -> i % 7 == 0 ? "NaN" : Double.toString(i * 1e300))
                .with(" ", 60, i -> "\uD83D\uDE00".repeat(i % 4))
                .profile();
        TableStructure found = structure(profile);
        String text = JsonText.write(RecordCodec.write(found));
        TableStructure read = RecordCodec.read(
                TableStructure.class, new Document("test", JsonText.read("test", text), java.util.Map.of()));
        assertThat(JsonText.write(RecordCodec.write(read))).isEqualTo(text);
        TableStructure none = structure(tables.query("none", "SELECT 1 AS a, 'x' AS b WHERE false"));
        assertThat(none.exact()).isTrue();
        assertThat(none.dependencies()).isEmpty();
        TableStructure constant = structure(tables.query("one", "SELECT 1 AS a, NULL AS b, 'x' AS c"));
        assertThat(constant.associations()).isEmpty();
    }
}
