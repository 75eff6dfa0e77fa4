package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.evidence.Association;
import tatara.core.evidence.CandidateKey;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnStructure;
import tatara.core.evidence.Dependency;
import tatara.core.evidence.Inclusion;
import tatara.core.evidence.MissingStructure;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.OutlyingRow;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;

/** A profile as lines of a terminal: the columns, then what they have to do with each other. */
final class ProfileLines {
    private static final int COLUMNS = 60;
    private static final int FINDINGS = 10;
    private static final int NAME = 28;
    private static final int VALUE = 24;

    private final List<String> lines = new ArrayList<>();

    private ProfileLines() {}

    static List<String> of(TableProfile profile, Optional<TableStructure> structure) {
        ProfileLines text = new ProfileLines();
        text.columns(profile, structure);
        structure.ifPresent(text::structure);
        return text.lines;
    }

    private void columns(TableProfile profile, Optional<TableStructure> structure) {
        add(
                "%s: %,d rows, %,d columns, %,d rows equal to an earlier one",
                profile.name(), profile.rows(), profile.columns().size(), profile.duplicateRows());
        add("");
        add("  %-28s %-10s %8s %12s  %s", "column", "type", "missing", "distinct", "values");
        List<ColumnProfile> shown =
                profile.columns().subList(0, Math.min(COLUMNS, profile.columns().size()));
        for (int i = 0; i < shown.size(); i++) {
            ColumnProfile column = shown.get(i);
            int index = i;
            String notes =
                    structure.map(each -> notes(each.columns().get(index))).orElse("");
            add(
                    "  %-28s %-10s %7.2f%% %,12d  %s%s",
                    shortened(column.name(), NAME),
                    column.type().name().toLowerCase(Locale.ROOT),
                    100 * column.missingShare(),
                    column.distinct(),
                    values(column),
                    notes);
        }
        if (profile.columns().size() > shown.size()) {
            add(
                    "  … %,d further columns; --json has them all",
                    profile.columns().size() - shown.size());
        }
    }

    private static String values(ColumnProfile column) {
        if (column.numbers().isPresent()) {
            NumberSummary numbers = column.numbers().get();
            double[] quantiles = numbers.quantiles();
            return number(numbers.min()) + " … " + number(quantiles[quantiles.length / 2]) + " … "
                    + number(numbers.max());
        }
        return column.times().map(times -> times.min() + " … " + times.max()).orElseGet(() -> column.top().stream()
                .limit(3)
                .map(value -> shortened(value.value(), VALUE))
                .collect(Collectors.joining(", ")));
    }

    private static String notes(ColumnStructure column) {
        List<String> notes = new ArrayList<>();
        column.outliers()
                .filter(outliers -> outliers.rows() > 0)
                .ifPresent(outliers -> notes.add(String.format(
                        Locale.ROOT,
                        "%,d outliers outside %s … %s",
                        outliers.rows(),
                        number(outliers.low()),
                        number(outliers.high()))));
        column.text()
                .filter(text -> !text.patterns().isEmpty() && text.patternShare() >= 0.8)
                .ifPresent(text -> notes.add("like " + text.patterns().get(0).value()));
        column.text().filter(text -> text.broken() > 0).ifPresent(text -> notes.add(text.broken() + " badly decoded"));
        column.text().flatMap(text -> text.language()).ifPresent(language -> notes.add("language " + language));
        column.times().ifPresent(times -> {
            notes.add("by " + times.granularity().name().toLowerCase(Locale.ROOT));
            times.seasons().forEach(season -> notes.add("uneven by " + season.cycle()));
            if (times.future() > 0) {
                notes.add(String.format(Locale.ROOT, "%,d in the future", times.future()));
            }
            notes.addAll(times.zones());
        });
        return notes.isEmpty() ? "" : "  [" + String.join("; ", notes) + "]";
    }

    private void structure(TableStructure structure) {
        add("");
        add(
                structure.exact()
                        ? "what columns have to do with each other (all rows)"
                        : String.format(
                                Locale.ROOT,
                                "what columns have to do with each other (%,d rows looked at)",
                                structure.looked()));
        findings(
                "tell rows apart",
                structure.keys().stream().map(ProfileLines::key).toList());
        findings(
                "determine",
                structure.dependencies().stream().map(ProfileLines::dependency).toList());
        findings(
                "go together",
                structure.associations().stream().map(ProfileLines::association).toList());
        findings(
                "are missing together",
                structure.missing().patterns().stream()
                        .filter(pattern -> pattern.missing() > 0)
                        .map(ProfileLines::pattern)
                        .toList());
        findings(
                "are missing in a segment",
                structure.missing().segments().stream()
                        .map(ProfileLines::segment)
                        .toList());
        findings(
                "are included",
                structure.inclusions().stream().map(ProfileLines::inclusion).toList());
        findings(
                "most unusual rows",
                structure.outlyingRows().stream().map(ProfileLines::row).toList());
        structure.notes().forEach(note -> add("  note: %s", note));
    }

    private static String key(CandidateKey key) {
        return String.join(" + ", key.columns()) + (key.exact() ? "" : "  (in the rows looked at)");
    }

    private static String dependency(Dependency found) {
        String held = found.error() == 0
                ? "always"
                : String.format(Locale.ROOT, "but for %.3g %% of rows", 100 * found.error());
        return String.join(" + ", found.determinants()) + " → " + found.dependent() + "  (" + held + ")";
    }

    private static String association(Association found) {
        return String.format(
                Locale.ROOT,
                "%s – %s  %s %.3f%s",
                found.first(),
                found.second(),
                found.measure().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                found.value(),
                Double.isNaN(found.linear()) ? "" : String.format(Locale.ROOT, ", linear %.3f", found.linear()));
    }

    private static String pattern(MissingStructure.Pattern pattern) {
        String more = pattern.missing() > pattern.columns().size() ? " …" : "";
        return String.format(
                Locale.ROOT, "%.2f %% of rows: %s%s", 100 * pattern.share(), names(pattern.columns()), more);
    }

    private static String names(List<String> columns) {
        String some = String.join(", ", columns.subList(0, Math.min(FINDINGS, columns.size())));
        return columns.size() > FINDINGS ? some + " and " + (columns.size() - FINDINGS) + " more" : some;
    }

    private static String segment(MissingStructure.Segment found) {
        return String.format(
                Locale.ROOT,
                "%s where %s is %s: %.1f %%, elsewhere %.1f %%",
                found.column(),
                found.by(),
                shortened(found.value(), VALUE),
                100 * found.share(),
                100 * found.elsewhere());
    }

    private static String inclusion(Inclusion found) {
        return String.format(
                Locale.ROOT,
                "%s in %s  (%.1f %% of %,d values)",
                found.column(),
                found.in(),
                100 * found.coverage(),
                found.values());
    }

    private static String row(OutlyingRow found) {
        return String.format(Locale.ROOT, "row %,d: %s", found.row(), String.join(", ", found.cells()));
    }

    private void findings(String title, List<String> found) {
        if (!found.isEmpty()) {
            add("  %s", title);
            found.stream().limit(FINDINGS).forEach(line -> add("    %s", line));
            if (found.size() > FINDINGS) {
                add("    … %,d more", found.size() - FINDINGS);
            }
        }
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String shortened(String text, int most) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }
}
