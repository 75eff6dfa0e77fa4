package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tatara.core.frame.Schema;
import tatara.core.json.Json;
import tatara.data.quality.cells.ColumnErrors;
import tatara.data.quality.cells.Finding;
import tatara.data.quality.cells.Findings;
import tatara.data.quality.cells.Repair;
import tatara.data.quality.cells.SuggestedRow;

/** The documents and the CSV of {@code data errors}. */
final class CellErrorDocuments {
    private CellErrorDocuments() {}

    static Json findings(String table, int labels, Findings findings) {
        List<Json> columns = new ArrayList<>();
        for (ColumnErrors column : findings.columns()) {
            columns.add(Json.object()
                    .with("name", column.column())
                    .with("suspected", column.suspected())
                    .with("share", column.share()));
        }
        List<Json> errors = new ArrayList<>();
        findings.cells().forEach(finding -> errors.add(finding(finding)));
        return Json.object()
                .with("table", table)
                .with("rows", findings.rows())
                .with("labels", labels)
                .with("columns", new Json.Arr(columns))
                .with("errors", new Json.Arr(errors))
                .with("unlisted", findings.unlisted());
    }

    private static Json finding(Finding finding) {
        Json.Obj document = Json.object()
                .with("row", finding.row())
                .with("column", finding.column())
                .with("value", finding.value())
                .with("probability", rounded(finding.probability()))
                .with("why", finding.why());
        return finding.repair()
                .map(repair -> document.with(
                        "repair",
                        Json.object().with("value", repair.value()).with("confidence", rounded(repair.confidence()))))
                .orElse(document);
    }

    private static double rounded(double share) {
        return Math.rint(share * 1e4) / 1e4;
    }

    static Json rows(Schema schema, List<SuggestedRow> rows) {
        List<Json> documents = new ArrayList<>();
        for (SuggestedRow row : rows) {
            Json.Obj values = Json.object();
            for (int i = 0; i < schema.size(); i++) {
                values = values.with(schema.field(i).name(), row.values().get(i));
            }
            documents.add(Json.object().with("row", row.row()).with("values", values));
        }
        return Json.object().with("rows", new Json.Arr(documents));
    }

    static String csv(List<Finding> findings) {
        StringBuilder text = new StringBuilder("row,column,value,probability,why,repair,confidence\n");
        for (Finding finding : findings) {
            text.append(finding.row())
                    .append(',')
                    .append(LabelFile.quoted(finding.column()))
                    .append(',')
                    .append(LabelFile.quoted(finding.value()))
                    .append(String.format(Locale.ROOT, ",%.4f,", finding.probability()))
                    .append(LabelFile.quoted(finding.why()))
                    .append(',')
                    .append(finding.repair()
                            .map(Repair::value)
                            .map(LabelFile::quoted)
                            .orElse(""))
                    .append(',')
                    .append(finding.repair()
                            .map(repair -> String.format(Locale.ROOT, "%.4f", repair.confidence()))
                            .orElse(""))
                    .append('\n');
        }
        return text.toString();
    }
}
