package tatara.data.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableShape;
import tatara.core.evidence.TableShape.Relation;
import tatara.data.profile.Tables;
import tatara.data.schema.SchemaChange.Compatibility;

class ShapesTest {
    @TempDir
    Path home;

    private Tables tables;

    @BeforeEach
    void open() {
        tables = new Tables(home);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private TableProfile orders(String name, long seed, int rows, double shift) {
        Random random = new Random(seed);
        List<String> shop = new ArrayList<>();
        List<String> town = new ArrayList<>();
        List<String> net = new ArrayList<>();
        List<String> tax = new ArrayList<>();
        List<String> gross = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int number = random.nextInt(12);
            double price = Math.round(100 * (20 + shift + 5 * number + random.nextGaussian())) / 100.0;
            double part = Math.round(price * 19) / 100.0;
            shop.add("S-" + (100 + number));
            town.add("town " + (number % 5));
            net.add(Double.toString(price));
            tax.add(Double.toString(part));
            gross.add(Double.toString(Math.round(100 * (price + part)) / 100.0));
        }
        return tables.table(name)
                .with("shop", shop)
                .with("town", town)
                .with("net", net)
                .with("tax", tax)
                .with("gross", gross)
                .profile();
    }

    private TableShape shape(TableProfile profile) {
        return new Shapes(tables.lake()).measure("orders", profile.raw(), CellReading.of(profile));
    }

    @Test
    void relationsThatHoldAreFoundAndChanceOnesAreNot() {
        TableShape shape = shape(orders("one", 1, 600, 0));
        assertThat(shape.relations())
                .anyMatch(
                        one -> one.kind() == Relation.Kind.SUM && one.columns().equals(List.of("net", "tax", "gross")))
                .anyMatch(one ->
                        one.kind() == Relation.Kind.DETERMINES && one.columns().equals(List.of("shop", "town")));
        assertThat(shape.relations())
                .noneMatch(one ->
                        one.kind() == Relation.Kind.DETERMINES && one.columns().equals(List.of("town", "shop")));
        assertThat(shape.find("shop").orElseThrow().pattern()).isEqualTo("[A-Z]-[0-9]{3}");
        assertThat(shape.pairings()).anyMatch(pairing -> pairing.to().equals("net"));
    }

    @Test
    void aBatchOfTheSameKindDoesNotAlarmAndAShiftedOneDoes() {
        TableProfile first = orders("one", 1, 900, 0);
        TableShape reference = shape(first);
        BatchChecks checks = new BatchChecks(tables.lake());
        for (int seed = 2; seed < 12; seed++) {
            TableProfile again = orders("again", seed, 100 + 40 * seed, 0);
            assertThat(checks.compare(reference, again.raw(), CellReading.of(first), List.of()))
                    .as("seed " + seed)
                    .allMatch(BatchChecks.Comparison::passed);
        }
        TableProfile shifted = orders("shifted", 30, 300, 20);
        assertThat(checks.compare(reference, shifted.raw(), CellReading.of(first), List.of()))
                .filteredOn(one -> !one.passed())
                .extracting(BatchChecks.Comparison::id)
                .contains("net.distribution", "gross.distribution")
                .doesNotContain("shop.shares");
        TableProfile half = orders("half", 31, 150, 0);
        assertThat(checks.compare(reference, half.raw(), CellReading.of(first), List.of(300L, 310L)))
                .filteredOn(one -> !one.passed())
                .extracting(BatchChecks.Comparison::id)
                .containsExactly("rows");
    }

    @Test
    void renamedRemovedAndAddedColumnsAreToldApart() {
        TableProfile before = orders("one", 1, 400, 0);
        TableProfile after = tables.query(
                "after",
                "SELECT \"shop\", \"net\" AS \"net_price\", \"gross\", \"tax\", '1' AS \"extra\" FROM "
                        + tables.lake().from(orders("two", 2, 400, 0).raw()));
        List<SchemaChange> changes = SchemaEvolution.compare(
                CellReading.of(before), Optional.of(shape(before)), CellReading.of(after), shape(after));
        assertThat(changes)
                .extracting(SchemaChange::kind, SchemaChange::column)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(SchemaChange.Kind.REMOVED, "town"),
                        org.assertj.core.groups.Tuple.tuple(SchemaChange.Kind.RENAMED, "net"),
                        org.assertj.core.groups.Tuple.tuple(SchemaChange.Kind.ADDED_NEEDED, "extra"),
                        org.assertj.core.groups.Tuple.tuple(SchemaChange.Kind.REORDERED, ""));
        assertThat(SchemaEvolution.compatibility(changes)).isEqualTo(Compatibility.NONE);
        assertThat(Compatibility.BACKWARD.and(Compatibility.FULL)).isEqualTo(Compatibility.BACKWARD);
        assertThat(Compatibility.BACKWARD.and(Compatibility.FORWARD)).isEqualTo(Compatibility.NONE);
    }
}
