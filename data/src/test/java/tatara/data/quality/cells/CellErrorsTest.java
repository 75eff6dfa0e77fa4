package tatara.data.quality.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;

class CellErrorsTest {
    private final CellErrors errors = new CellErrors(CellErrors.Settings.of(1));

    private Findings find(DirtyOrders orders) {
        return errors.find(orders.source(), List.of());
    }

    /** Every kind at once, 2 % each, in columns of its own. */
    private static DirtyOrders mixed(long seed) {
        DirtyOrders orders = new DirtyOrders(2_000, seed);
        return orders.with("name", 0.02, DirtyOrders::typo)
                .with("city", 0.02, orders.exchanged("city"))
                .with("product", 0.02, DirtyOrders::typo)
                .with("state", 0.02, (right, random) -> "")
                .with("phone", 0.02, (right, random) -> "(" + right.replaceFirst("-", ") "))
                .with("price", 0.02, (right, random) -> right + " USD")
                .with("quantity", 0.01, (right, random) -> right + "000")
                .with("day", 0.02, (right, random) -> right.substring(8) + "/" + right.substring(5, 7) + "/2024");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void errorsOfAllKindsAreFoundWithoutLabels(long seed) {
        DirtyOrders orders = mixed(seed);
        Set<String> found = DirtyOrders.found(find(orders));
        Set<String> wrong = orders.wrong();
        assertThat(DirtyOrders.precision(found, wrong)).isGreaterThan(0.93);
        assertThat(DirtyOrders.recall(found, wrong)).isGreaterThan(0.93);
        for (String column : List.of("name", "city", "product", "state", "phone", "price", "quantity", "day")) {
            assertThat(DirtyOrders.recall(found, orders.wrong(column)))
                    .as(column)
                    .isGreaterThan(0.85);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void aCleanTableIsLeftAlone(long seed) {
        DirtyOrders orders = new DirtyOrders(2_000, seed);
        assertThat(find(orders).cells()).hasSizeLessThan(2_000 * DirtyOrders.COLUMNS.size() / 1000);
    }

    @Test
    void aFormThatEveryRowHasIsWrongOnlyIfLabelsSaySo() {
        DirtyOrders orders = new DirtyOrders(1_500, 6)
                .with("price", 1, (right, random) -> right + " USD")
                .with("note", 0.3, (right, random) -> "N/A");
        Findings alone = find(orders);
        assertThat(DirtyOrders.found(alone, "price", "note")).hasSizeLessThan(20);
        List<LabelledRow> labels = orders.truth(errors.ask(orders.source(), List.of(), 10));
        Findings taught = errors.find(orders.source(), labels);
        Set<String> wrong = orders.wrong();
        Set<String> found = DirtyOrders.found(taught);
        assertThat(DirtyOrders.recall(found, wrong)).isGreaterThan(0.99);
        assertThat(DirtyOrders.precision(found, wrong)).isGreaterThan(0.98);
        assertThat(taught.cells())
                .filteredOn(finding -> finding.column().equals("price"))
                .allSatisfy(finding -> {
                    String right = orders.clean[(int) finding.row()][DirtyOrders.COLUMNS.indexOf("price")];
                    assertThat(finding.repair().orElseThrow().value()).isEqualTo(right);
                    assertThat(finding.why()).contains("labelled cells of this form were wrong");
                });
    }

    @Test
    void labelsSayThatWhatLooksWrongIsRight() {
        DirtyOrders orders = new DirtyOrders(1_500, 7);
        for (int row = 0; row < 1_500; row += 40) {
            orders.clean[row][6] = "+44 20 " + (7000 + row) + " " + row;
            orders.dirty[row][6] = orders.clean[row][6];
        }
        int before = DirtyOrders.found(find(orders), "phone").size();
        List<LabelledRow> labels = orders.truth(errors.ask(orders.source(), List.of(), 10));
        int after =
                DirtyOrders.found(errors.find(orders.source(), labels), "phone").size();
        assertThat(before).isGreaterThan(30);
        assertThat(after).isLessThan(5);
    }

    @Test
    void repairsAreMostlyRightAndReasonsNameTheEvidence() {
        DirtyOrders orders = new DirtyOrders(2_000, 8);
        orders.with("city", 0.02, orders.exchanged("city")).with("product", 0.02, DirtyOrders::typo);
        int right = 0;
        int all = 0;
        for (Finding finding : find(orders).cells()) {
            int column = DirtyOrders.COLUMNS.indexOf(finding.column());
            all++;
            right += finding.repair()
                            .map(repair -> repair.value().equals(orders.clean[(int) finding.row()][column]))
                            .orElse(false)
                    ? 1
                    : 0;
            if (finding.column().equals("city")) {
                assertThat(finding.why()).containsPattern("has city \\w+ in \\d+ of \\d+ other rows");
            }
        }
        assertThat(all).isGreaterThan(60);
        assertThat((double) right / all).isGreaterThan(0.9);
    }

    @Test
    void theWrongDeterminantIsBlamedAndNotWhatItDetermines() {
        DirtyOrders orders = new DirtyOrders(2_000, 9);
        orders.with("customer", 0.02, orders.exchanged("customer"));
        Set<String> found = DirtyOrders.found(find(orders));
        assertThat(DirtyOrders.recall(found, orders.wrong())).isGreaterThan(0.9);
        assertThat(DirtyOrders.precision(found, orders.wrong())).isGreaterThan(0.9);
    }

    @Test
    void aLargeTableIsLearnedFromASampleAndJudgedWhole() {
        DirtyOrders orders = mixed(10);
        CellErrors sampling = new CellErrors(new CellErrors.Settings(3, 1_200, 1_000_000));
        FrameSource inBatches = DirtyOrders.source(DirtyOrders.COLUMNS, orders.dirty, 300);
        Findings findings = sampling.find(inBatches, List.of());
        assertThat(findings.rows()).isEqualTo(2_000);
        Set<String> found = DirtyOrders.found(findings);
        assertThat(DirtyOrders.recall(found, orders.wrong())).isGreaterThan(0.85);
        assertThat(DirtyOrders.precision(found, orders.wrong())).isGreaterThan(0.85);
        assertThat(sampling.find(inBatches, List.of())).isEqualTo(findings);
    }

    @Test
    void beyondTheMostThatAreListedTheyAreCounted() {
        DirtyOrders orders = mixed(11);
        Findings all = find(orders);
        Findings few = new CellErrors(new CellErrors.Settings(1, 100_000, 10)).find(orders.source(), List.of());
        assertThat(few.cells()).isEqualTo(all.cells().subList(0, 10));
        assertThat(few.unlisted()).isEqualTo(all.cells().size() - 10);
        assertThat(few.columns()).isEqualTo(all.columns());
    }

    @Test
    void rowsWorthLabellingAreNewAndDistinct() {
        DirtyOrders orders = mixed(12);
        List<SuggestedRow> first = errors.ask(orders.source(), List.of(), 10);
        List<SuggestedRow> second = errors.ask(orders.source(), orders.truth(first), 10);
        List<Long> rows = new ArrayList<>();
        first.forEach(row -> rows.add(row.row()));
        second.forEach(row -> rows.add(row.row()));
        assertThat(rows).hasSize(20).doesNotHaveDuplicates();
        assertThat(first.get(0).values())
                .isEqualTo(List.of(orders.dirty[(int) first.get(0).row()]));
        assertThat(errors.ask(orders.source(), List.of(), 5_000)).hasSize(2_000);
    }

    @Test
    void aLabelThatDoesNotFitIsRefused() {
        DirtyOrders orders = new DirtyOrders(50, 13);
        assertThatThrownBy(() -> errors.find(orders.source(), List.of(new LabelledRow(50, List.of(orders.clean[0])))))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("row 50");
        assertThatThrownBy(() -> errors.find(orders.source(), List.of(new LabelledRow(0, List.of("x")))))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("1 cells");
    }

    @Test
    void oddTablesAreReadWithoutFailing() {
        List<String> hostile = List.of("\"; DROP TABLE x; --", "línea\n2", "");
        String[][] rows = new String[40][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new String[] {i % 3 == 0 ? "" : "\u0000\uD83D\uDE00" + i, "x".repeat(5_000 + i), "same"};
        }
        for (int size : new int[] {0, 1, 2, 40}) {
            FrameSource source = DirtyOrders.source(hostile, java.util.Arrays.copyOf(rows, size), 7);
            assertThat(errors.find(source, List.of()).rows()).isEqualTo(size);
            assertThat(errors.ask(source, List.of(), 3)).hasSize(Math.min(3, size));
        }
    }

    @Test
    void numbersMayBeNumbers() {
        double[] numbers = new double[500];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 50 == 7 ? Double.NaN : 100 + i % 37;
        }
        numbers[123] = 1e9;
        numbers[321] = Double.POSITIVE_INFINITY;
        Schema schema = new Schema(List.of(new Field("n", Kind.NUMBER), new Field("t", Kind.TEXT)));
        TextColumn texts = TextColumn.of(500, row -> "t" + row);
        Frame frame = new Frame(schema, List.of(new NumberColumn(numbers), texts), 500);
        Findings findings = errors.find(FrameSource.of(frame), List.of());
        assertThat(findings.cells()).extracting(Finding::row).contains(123L);
        assertThat(findings.cells()).hasSizeLessThan(4);
    }
}
