package tatara.data.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.data.export.ContractExport.Unsaid;
import tatara.data.profile.TypedCells;
import tatara.data.schema.CellReading;

/** Parts that all Python files have. */
final class PythonFile {
    private final Exported exported;

    PythonFile(Exported exported) {
        this.exported = exported;
    }

    /** A part that is the same in all exports. */
    static String part(String name) {
        try (InputStream stream = PythonFile.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the file is, what it needs, and what it does not say. */
    String head(String what, String needs, List<String> notes, List<Unsaid> unsaid, List<String> imports) {
        List<String> lines = new ArrayList<>();
        lines.add("\"\"\"" + what + " of the contract of the table "
                + Python.escaped(exported.contract().table()) + ", version "
                + exported.contract().version() + ".");
        lines.add("");
        lines.add("Needs " + needs + ". Checks a file: python FILE.py DATA.csv [--reference TABLE=OTHER.csv].");
        lines.addAll(notes);
        lines.add("");
        lines.add(unsaid.isEmpty() ? "Says all rules of the contract." : "Does not say:");
        unsaid.forEach(each -> lines.add(
                "- " + Python.escaped(each.rule()) + (each.rule().isEmpty() ? "" : ": ") + Python.escaped(each.why())));
        lines.add("\"\"\"");
        lines.addAll(imports);
        return String.join("\n", lines) + "\n";
    }

    /** The table's name, its columns and its rules. */
    String contract() {
        StringBuilder text = new StringBuilder();
        text.append("TABLE = ").append(Python.text(exported.contract().table())).append("\n\nCOLUMNS = {\n");
        for (CellReading reading : exported.readings()) {
            text.append("    ")
                    .append(Python.text(reading.column()))
                    .append(": ")
                    .append(column(reading))
                    .append(",\n");
        }
        text.append("}\n\nRULES = [\n");
        exported.rules().forEach(rule -> text.append("    ").append(rule(rule)).append(",\n"));
        return text.append("]\n").toString();
    }

    private static String column(CellReading reading) {
        CellFormat format = reading.format();
        String kind =
                switch (reading.type()) {
                    case NUMBER, INTEGER, BOOLEAN, TIME -> reading.type().name().toLowerCase(Locale.ROOT);
                    case CATEGORY, TEXT, IDENTIFIER, EMPTY -> "text";
                };
        StringBuilder text = new StringBuilder("Column(" + Python.text(reading.column()) + ", \"" + kind + '"');
        add(text, "missing", format.missing());
        boolean number = Exported.isNumber(reading.type())
                || (reading.type() == ColumnType.TIME
                        && format.timePattern().orElse("").startsWith("epoch-"));
        if (number) {
            add(text, "decimal", format.decimal().equals(".") ? "" : format.decimal());
            add(text, "grouping", format.grouping());
            add(text, "prefix", format.prefix());
            add(text, "suffix", format.suffix());
        }
        if (reading.type() == ColumnType.TIME) {
            add(text, "pattern", TypedCells.timePattern(format));
        }
        if (reading.type() == ColumnType.BOOLEAN) {
            add(text, "true", format.trueTokens());
            add(text, "false", format.falseTokens());
        }
        return text.append(')').toString();
    }

    private static void add(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append(", ").append(name).append('=').append(Python.tuple(values));
        }
    }

    private static void add(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(", ").append(name).append('=').append(Python.text(value));
        }
    }

    private String rule(Rule rule) {
        StringBuilder text = new StringBuilder("Rule(" + Python.text(rule.id()) + ", \"" + kind(rule.kind()) + "\", "
                + Python.tuple(rule.columns()) + ", " + rule.tolerance() + ", \""
                + rule.severity().name().toLowerCase(Locale.ROOT) + '"');
        if (rule.kind() == Kind.SUM) {
            text.append(", most=").append(Python.of(Exported.slack(rule)));
        }
        if (rule.kind() == Kind.REFERENCE) {
            exported.parent(rule).ifPresent(parent -> text.append(", other=(")
                    .append(Python.text(rule.values().get(0)))
                    .append(", ")
                    .append(column(parent))
                    .append(')'));
        }
        if (exported.isWholeRow(rule) || exported.isWhole(rule)) {
            text.append(", whole=True");
        }
        return text.append(')').toString();
    }

    static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
