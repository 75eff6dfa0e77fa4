package tatara.data.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.Suspect.Kind;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Task;

class SuspectsTest {
    private static final int ROWS = 600;

    @TempDir
    static Path home;

    private static Tables tables;
    private static boolean[] churned;
    private static double[] noise;
    private static int[] small;

    @BeforeAll
    static void open() {
        tables = new Tables(home);
        Random random = new Random(11);
        churned = new boolean[ROWS];
        noise = new double[ROWS];
        small = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            churned[i] = random.nextInt(4) == 0;
            noise[i] = random.nextGaussian();
            small[i] = random.nextInt(9);
        }
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static List<Suspect> find(TableProfile profile, Task task, String target) {
        return new Suspects(tables.lake()).find(profile, Tables.spec(task, profile.name(), target));
    }

    private static Optional<Suspect> of(List<Suspect> suspects, String column) {
        return suspects.stream()
                .filter(suspect -> suspect.column().equals(column))
                .findFirst();
    }

    private static void assertOut(List<Suspect> suspects, String column, Kind kind) {
        assertThat(of(suspects, column)).as(column).hasValueSatisfying(suspect -> {
            assertThat(suspect.kind()).isEqualTo(kind);
            assertThat(suspect.exclude()).isTrue();
            assertThat(suspect.why()).isNotBlank();
        });
    }

    private static String cents(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @Test
    void copiesOfAClass() {
        List<Suspect> suspects = find(
                tables.table("copies")
                        .with("churn", ROWS, i -> churned[i] ? "Yes" : "No")
                        .with("same", ROWS, i -> churned[i] ? "Yes" : "No")
                        .with("opposite", ROWS, i -> churned[i] ? "0" : "1")
                        .with("words", ROWS, i -> churned[i] ? "gone away" : "still here")
                        .with("nearly", ROWS, i -> i == 100 ? "gone" : churned[i] ? "gone" : "here")
                        .with("income", ROWS, i -> Double.toString(noise[i] + (churned[i] ? 1 : 0)))
                        .with("plan", ROWS, i -> "plan" + small[i])
                        .profile(),
                Task.BINARY,
                "churn");
        assertOut(suspects, "same", Kind.COPY_OF_TARGET);
        assertOut(suspects, "opposite", Kind.COPY_OF_TARGET);
        assertOut(suspects, "words", Kind.COPY_OF_TARGET);
        assertOut(suspects, "nearly", Kind.COPY_OF_TARGET);
        assertThat(of(suspects, "plan")).isEmpty();
        assertThat(of(suspects, "income").filter(Suspect::exclude)).isEmpty();
    }

    @Test
    void whatIsFilledWithTheOutcome() {
        List<Suspect> suspects = find(
                tables.table("after")
                        .with(
                                "cancel_date",
                                ROWS,
                                i -> churned[i]
                                        ? LocalDate.of(2024, 1, 1).plusDays(i).toString()
                                        : "")
                        .with("reason", ROWS, i -> churned[i] && i % 2 == 0 ? "price" + small[i] : "")
                        .with("referred_by", ROWS, i -> small[i] < 3 ? "friend" + small[i] : "")
                        .with("age", ROWS, i -> Integer.toString(30 + small[i]))
                        .with("churn", ROWS, i -> churned[i] ? "1" : "0")
                        .profile(),
                Task.BINARY,
                "churn");
        assertOut(suspects, "cancel_date", Kind.KNOWN_AFTER_TARGET);
        assertOut(suspects, "reason", Kind.KNOWN_AFTER_TARGET);
        assertThat(of(suspects, "referred_by")).isEmpty();
        assertThat(of(suspects, "age")).isEmpty();
    }

    @Test
    void whatPredictsTooWell() {
        List<Suspect> suspects = find(
                tables.table("strong")
                        .with("score", ROWS, i -> Double.toString(noise[i] + (churned[i] ? 50 : 0)))
                        .with("status", ROWS, i -> (churned[i] ? "closed" : "open") + small[i])
                        .with("good", ROWS, i -> Double.toString(noise[i] + (churned[i] ? 2 : 0)))
                        .with("churn", ROWS, i -> churned[i] ? "1" : "0")
                        .profile(),
                Task.BINARY,
                "churn");
        assertOut(suspects, "score", Kind.KNOWN_AFTER_TARGET);
        assertOut(suspects, "status", Kind.KNOWN_AFTER_TARGET);
        assertThat(of(suspects, "good").filter(Suspect::exclude)).isEmpty();
    }

    @Test
    void theOnlyColumnIsKept() {
        List<Suspect> suspects = find(
                tables.table("only")
                        .with("score", ROWS, i -> Double.toString(noise[i] + (churned[i] ? 50 : 0)))
                        .with("churn", ROWS, i -> churned[i] ? "1" : "0")
                        .profile(),
                Task.BINARY,
                "churn");
        assertThat(of(suspects, "score"))
                .hasValueSatisfying(suspect -> assertThat(suspect.exclude()).isFalse());
    }

    @Test
    void flagsThatMakeTheTarget() {
        List<Suspect> suspects = find(
                tables.table("flags")
                        .with("heat", ROWS, i -> i % 20 == 0 ? "1" : "0")
                        .with("power", ROWS, i -> i % 20 == 7 ? "1" : "0")
                        .with("wear", ROWS, i -> i % 20 == 13 || i % 20 == 0 ? "1" : "0")
                        .with("speed", ROWS, i -> Double.toString(noise[i]))
                        .with("failure", ROWS, i -> i % 20 == 0 || i % 20 == 7 || i % 20 == 13 ? "1" : "0")
                        .profile(),
                Task.BINARY,
                "failure");
        assertOut(suspects, "heat", Kind.PART_OF_TARGET);
        assertOut(suspects, "power", Kind.PART_OF_TARGET);
        assertOut(suspects, "wear", Kind.PART_OF_TARGET);
        assertThat(of(suspects, "speed")).isEmpty();
    }

    @Test
    void partsOfASum() {
        List<Suspect> suspects = find(
                tables.table("sum")
                        .with("casual", ROWS, i -> Integer.toString(small[i] * 3))
                        .with("registered", ROWS, i -> Integer.toString(i % 97))
                        .with("temperature", ROWS, i -> Double.toString(20 + noise[i] + i % 97 / 10.0))
                        .with("cnt", ROWS, i -> Integer.toString(small[i] * 3 + i % 97))
                        .profile(),
                Task.REGRESSION,
                "cnt");
        assertOut(suspects, "casual", Kind.PART_OF_TARGET);
        assertOut(suspects, "registered", Kind.PART_OF_TARGET);
        assertThat(of(suspects, "casual").orElseThrow().columns()).containsExactly("registered");
        assertThat(of(suspects, "temperature")).isEmpty();
    }

    @Test
    void aTotalContainsTheTargetEvenWithUnnamedFees() {
        double[] fees = {0.5, 0.8, 3.3};
        double[] tip = new double[ROWS];
        double[] toll = new double[ROWS];
        double[] fare = new double[ROWS];
        Random random = new Random(2);
        for (int i = 0; i < ROWS; i++) {
            fare[i] = 3 + Math.round(random.nextDouble() * 4000) / 100.0;
            tip[i] = Math.round(random.nextDouble() * fare[i] * 20) / 100.0;
            toll[i] = random.nextInt(5) == 0 ? 6.12 : 0;
        }
        List<Suspect> suspects = find(
                tables.table("taxi")
                        .with("distance", ROWS, i -> cents(fare[i] / 2.5 + noise[i]))
                        .with("tip", ROWS, i -> cents(tip[i]))
                        .with("toll", ROWS, i -> cents(toll[i]))
                        .with("total", ROWS, i -> cents(fare[i] + tip[i] + toll[i] + fees[i % 3]))
                        .with("fare", ROWS, i -> cents(fare[i]))
                        .profile(),
                Task.REGRESSION,
                "fare");
        assertOut(suspects, "total", Kind.PART_OF_TARGET);
        assertThat(of(suspects, "tip").filter(Suspect::exclude)).isEmpty();
        assertThat(of(suspects, "distance").filter(Suspect::exclude)).isEmpty();
    }

    @Test
    void differencesWeightedSumsAndProducts() {
        double[] a =
                IntStream.range(0, ROWS).mapToDouble(i -> 100 + i * 7 % 311).toArray();
        double[] b =
                IntStream.range(0, ROWS).mapToDouble(i -> 50 + i * 13 % 173).toArray();
        List<Suspect> profit = find(
                tables.table("difference")
                        .with("revenue", ROWS, i -> Double.toString(a[i]))
                        .with("cost", ROWS, i -> Double.toString(b[i]))
                        .with("x", ROWS, i -> Double.toString(noise[i]))
                        .with("profit", ROWS, i -> Double.toString(a[i] - b[i]))
                        .profile(),
                Task.REGRESSION,
                "profit");
        assertOut(profit, "revenue", Kind.PART_OF_TARGET);
        assertThat(of(profit, "cost").orElseThrow().exclude()).isFalse();

        List<Suspect> grade = find(
                tables.table("weighted")
                        .with("first", ROWS, i -> Double.toString(a[i]))
                        .with("second", ROWS, i -> Double.toString(b[i]))
                        .with("x", ROWS, i -> Double.toString(noise[i]))
                        .with("grade", ROWS, i -> Double.toString(0.3 * a[i] + 0.25 * b[i]))
                        .profile(),
                Task.REGRESSION,
                "grade");
        assertThat(grade.stream().filter(Suspect::exclude).map(Suspect::column)).containsExactly("first");
        assertThat(of(grade, "second")).isPresent();
        assertThat(of(grade, "x")).isEmpty();

        List<Suspect> sales = find(
                tables.table("product")
                        .with("price", ROWS, i -> Double.toString(a[i] / 10))
                        .with("quantity", ROWS, i -> Double.toString(1 + i % 40))
                        .with("x", ROWS, i -> Double.toString(noise[i]))
                        .with("sales", ROWS, i -> Double.toString(a[i] / 10 * (1 + i % 40)))
                        .profile(),
                Task.REGRESSION,
                "sales");
        assertThat(sales.stream().map(Suspect::column)).containsExactly("price", "quantity");
        assertThat(sales.stream().filter(Suspect::exclude)).hasSize(1);
    }

    @Test
    void monotoneTransformsOfANumber() {
        double[] price = IntStream.range(0, ROWS)
                .mapToDouble(i -> 1000 + i * 7919 % 6007)
                .toArray();
        List<Suspect> suspects = find(
                tables.table("monotone")
                        .with("log_price", ROWS, i -> Double.toString(Math.log(price[i])))
                        .with("price_eur", ROWS, i -> "\u20AC" + cents(-0.92 * price[i]))
                        .with("size", ROWS, i -> Double.toString(price[i] / 50 + 20 * noise[i]))
                        .with("price", ROWS, i -> Double.toString(price[i]))
                        .profile(),
                Task.REGRESSION,
                "price");
        assertOut(suspects, "log_price", Kind.COPY_OF_TARGET);
        assertOut(suspects, "price_eur", Kind.COPY_OF_TARGET);
        assertThat(of(suspects, "size").filter(Suspect::exclude)).isEmpty();
    }

    @Test
    void whatMerelyGoesAlongStays() {
        Random random = new Random(9);
        double[] size = random.doubles(ROWS, 20, 200).toArray();
        double[] rooms = IntStream.range(0, ROWS)
                .mapToDouble(i -> Math.rint(size[i] / 25 + random.nextGaussian()))
                .toArray();
        List<Suspect> suspects = find(
                tables.table("houses")
                        .with("size", ROWS, i -> Double.toString(size[i]))
                        .with("rooms", ROWS, i -> Double.toString(rooms[i]))
                        .with("age", ROWS, i -> Integer.toString(small[i] * 10))
                        .with(
                                "price",
                                ROWS,
                                i -> Double.toString(Math.rint(3000 * size[i]
                                        + 9000 * rooms[i]
                                        - 500 * small[i]
                                        + 15_000 * random.nextGaussian())))
                        .profile(),
                Task.REGRESSION,
                "price");
        assertThat(suspects.stream().filter(Suspect::exclude)).isEmpty();
    }

    @Test
    void identifiersConstantsAndRepeatedColumns() {
        List<Suspect> suspects = find(
                tables.table("useless")
                        .with("customer_id", ROWS, i -> "C-" + (10_000 + i))
                        .with("country", ROWS, i -> "DE")
                        .with("blank", ROWS, i -> "")
                        .with("size", ROWS, i -> Integer.toString(small[i]))
                        .with("size again", ROWS, i -> Integer.toString(small[i]))
                        .with("size in words", ROWS, i -> "level " + small[i])
                        .with("churn", ROWS, i -> churned[i] ? "yes" : "no")
                        .profile(),
                Task.BINARY,
                "churn");
        assertOut(suspects, "customer_id", Kind.IDENTIFIER);
        assertOut(suspects, "country", Kind.CONSTANT);
        assertOut(suspects, "blank", Kind.CONSTANT);
        assertOut(suspects, "size again", Kind.DUPLICATE_COLUMN);
        assertThat(of(suspects, "size")).isEmpty();
        assertThat(of(suspects, "size in words")).hasValueSatisfying(suspect -> {
            assertThat(suspect.kind()).isEqualTo(Kind.DUPLICATE_COLUMN);
            assertThat(suspect.exclude()).isFalse();
        });
    }

    @Test
    void aFarStrongerColumnIsAskedAbout() {
        List<Suspect> suspects = find(
                tables.table("duration")
                        .with("duration", ROWS, i -> Double.toString(noise[i] + (churned[i] ? 2 : 0)))
                        .with("other", ROWS, i -> Integer.toString(small[i]))
                        .with("y", ROWS, i -> churned[i] ? "yes" : "no")
                        .profile(),
                Task.BINARY,
                "y");
        assertThat(of(suspects, "duration")).hasValueSatisfying(suspect -> {
            assertThat(suspect.kind()).isEqualTo(Kind.KNOWN_AFTER_TARGET);
            assertThat(suspect.exclude()).isFalse();
            assertThat(suspect.value()).isBetween(0.85, 0.97);
        });
    }

    @Test
    void fewRowsAndMissingTargetsAreNoTrouble() {
        TableProfile few = tables.table("few")
                .with("a", "1", "2", "")
                .with("y", "x", "", "y")
                .profile();
        assertThat(find(few, Task.BINARY, "y")).isEmpty();
        TableProfile none =
                tables.table("none").with("a", List.of()).with("y", List.of()).profile();
        assertThat(find(none, Task.REGRESSION, "y").stream().map(Suspect::kind)).containsOnly(Kind.CONSTANT);
        TableProfile gaps = tables.table("gaps")
                .with("a", ROWS, i -> Double.toString(noise[i]))
                .with("y", ROWS, i -> i % 3 == 0 ? "" : Double.toString(noise[i] * 2))
                .profile();
        assertOut(find(gaps, Task.REGRESSION, "y"), "a", Kind.COPY_OF_TARGET);
    }
}
