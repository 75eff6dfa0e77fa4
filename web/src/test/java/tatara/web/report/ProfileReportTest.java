package tatara.web.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.evidence.Association;
import tatara.core.evidence.AssociationMatrix;
import tatara.core.evidence.CandidateKey;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnStructure;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Dependency;
import tatara.core.evidence.MissingStructure;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.Outliers;
import tatara.core.evidence.OutlyingRow;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableStructure;

class ProfileReportTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static ColumnProfile number(String name) {
        double[] bins = new double[40];
        java.util.Arrays.fill(bins, 25);
        NumberSummary numbers =
                new NumberSummary(5, 3, 0, 10, 0, new double[] {0, 0, 1, 1, 2, 5, 7, 9, 9, 10, 10}, bins, 3, 0);
        return new ColumnProfile(
                name,
                ColumnType.NUMBER,
                "all are numbers",
                CellFormat.plain(),
                1000,
                10,
                0,
                700,
                List.of(),
                Optional.of(numbers),
                Optional.empty(),
                3,
                1);
    }

    private static ProfileReport.Table table(List<String> names) {
        List<ColumnProfile> columns =
                names.stream().map(ProfileReportTest::number).toList();
        SourceAudit source = new SourceAudit("orders", "csv", List.of(), java.util.Map.of(), 1000, 0, "", List.of());
        TableProfile profile =
                new TableProfile("orders", new TableRef("raw", "orders", 1, 1000), source, columns, 0, List.of());
        List<ColumnStructure> structures = names.stream()
                .map(name -> new ColumnStructure(
                        name,
                        Optional.of(new Outliers(Outliers.Method.ROBUST_Z, -3, 9, 7, 0.007, new double[] {9.5, 10})),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        List<String> some = names.subList(0, Math.min(30, names.size()));
        List<double[]> values = new ArrayList<>(Collections.nCopies(some.size(), filled(some.size())));
        TableStructure structure = new TableStructure(
                "orders",
                1000,
                1000,
                true,
                Optional.empty(),
                structures,
                new MissingStructure(
                        List.of(new MissingStructure.Pattern(some, some.size(), 12, 0.012)), List.of(), List.of()),
                List.of(new Association(
                        names.get(0), names.get(1), Association.Measure.SPEARMAN, -0.75, -0.5, 0, 1000)),
                new AssociationMatrix(some, values),
                List.of(new CandidateKey(List.of(names.get(0), names.get(1)), true, 40)),
                List.of(new Dependency(List.of(names.get(0)), names.get(1), 0.01, 0.9, 1000, true)),
                List.of(),
                List.of(new OutlyingRow(17, 3, List.of(names.get(0) + " = 10"))),
                List.of());
        return new ProfileReport.Table(profile, Optional.of(structure));
    }

    private static double[] filled(int size) {
        double[] row = new double[size];
        java.util.Arrays.fill(row, -0.42);
        return row;
    }

    @Test
    void showsWhatWasFoundAndEscapesTheDatasText() {
        String page = new ProfileReport().render("orders.csv", List.of(table(List.of(HOSTILE, "price"))));
        assertThat(page).doesNotContain(HOSTILE);
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt; + price")
                .contains("-.42")
                .contains("class=\"below\"")
                .contains("7 (0.7\u202f%) outside -3 … 9")
                .contains("id=\"column-0-1\"")
                .contains("\"column-0-1\":{");
        assertThat(page).doesNotContain("<script src=").doesNotContain("<link ");
    }

    @Test
    void aHundredColumnsStaySmall() {
        List<String> names = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "column number " + i)
                .toList();
        String page = new ProfileReport().render("wide.csv", List.of(table(names)));
        assertThat(page.length()).isLessThan(2_000_000);
    }

    @Test
    void aProfileWithoutStructureIsAPageToo() {
        ProfileReport.Table table = table(List.of("a", "b"));
        String page = new ProfileReport()
                .render("orders.csv", List.of(new ProfileReport.Table(table.profile(), Optional.empty())));
        assertThat(page).contains("What the data is like").doesNotContain("Column by column");
    }
}
