package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;
import tatara.web.Chart;
import tatara.web.Figures;
import tatara.web.Grid;

/** What the data is like. */
public record DataSection(List<Table> tables, Grid suspects, Grid personal, Grid links) {
    /** Columns of a table shown at most; the hand-off has them all. */
    private static final int COLUMNS = 150;

    /** Columns of all tables with a chart at most. */
    private static final int DETAILS = 120;

    private static final int VALUE_LENGTH = 40;

    /** One table: {@code hidden} columns are left out of the report for its size. */
    public record Table(
            String name,
            List<Fact> facts,
            List<String> notes,
            List<Column> columns,
            int hidden,
            Optional<StructureDetail> structure,
            List<ColumnDetail> details) {}

    /**
     * One column.
     *
     * @param role what it is for, empty if nobody decided
     * @param why why it has its role, or its type
     * @param range its values in a few words
     * @param drawing SVG of its distribution, empty if there is none
     */
    public record Column(
            String name,
            String type,
            String role,
            String why,
            String missing,
            String distinct,
            String range,
            String drawing) {}

    static DataSection of(ReportContent content) {
        DataEvidence data = content.data();
        Optional<DataDesign> design = content.design(DataDesign.class);
        return new DataSection(
                tables(data.tables(), content.structures(), design),
                suspects(data.suspects()),
                personal(data.personal(), design),
                links(data.links()));
    }

    /** Tables without a question. */
    static DataSection of(List<TableProfile> profiles, List<TableStructure> structures) {
        return new DataSection(
                tables(profiles, structures, Optional.empty()),
                suspects(List.of()),
                personal(List.of(), Optional.empty()),
                links(List.of()));
    }

    /** The charts of all columns. */
    List<Chart> charts() {
        return tables.stream()
                .flatMap(table -> table.details().stream())
                .flatMap(column -> column.charts().stream())
                .toList();
    }

    private static List<Table> tables(
            List<TableProfile> profiles, List<TableStructure> structures, Optional<DataDesign> design) {
        List<Table> tables = new ArrayList<>();
        int budget = DETAILS;
        for (TableProfile profile : profiles) {
            Optional<TableStructure> structure = structures.stream()
                    .filter(each -> each.table().equals(profile.name()))
                    .findFirst();
            List<ColumnDetail> details =
                    structure.isEmpty() ? List.of() : details(tables.size(), profile, structure, budget);
            budget -= details.size();
            tables.add(table(profile, design, structure.map(StructureDetail::of), details));
        }
        return tables;
    }

    private static List<ColumnDetail> details(
            int number, TableProfile profile, Optional<TableStructure> structure, int most) {
        List<ColumnDetail> details = new ArrayList<>();
        for (int i = 0; i < Math.min(most, profile.columns().size()); i++) {
            int index = i;
            details.add(ColumnDetail.of(
                    "column-" + number + "-" + i, profile.columns().get(i), structure.map(each -> each.columns()
                            .get(index))));
        }
        return details;
    }

    private static Table table(
            TableProfile profile,
            Optional<DataDesign> design,
            Optional<StructureDetail> structure,
            List<ColumnDetail> details) {
        SourceAudit source = profile.source();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("rows", Figures.count(profile.rows())));
        facts.add(new Fact("columns", Figures.count(profile.columns().size())));
        long bytes = source.files().stream().mapToLong(file -> file.bytes()).sum();
        facts.add(new Fact(
                "source",
                Figures.count(source.files().size(), source.format() + " file") + ", " + Figures.bytes(bytes)));
        if (!source.dialect().isEmpty()) {
            facts.add(new Fact("read as", dialect(source.dialect())));
        }
        facts.add(new Fact("rows equal to an earlier one", Figures.count(profile.duplicateRows())));
        facts.add(new Fact(
                "tell rows apart", profile.keys().isEmpty() ? "no single column" : String.join(", ", profile.keys())));
        if (source.quarantined() > 0) {
            String file = source.quarantineFile().isEmpty() ? "" : ", kept in " + source.quarantineFile();
            facts.add(new Fact("rows that could not be read", Figures.count(source.quarantined()) + file));
        }
        Optional<DataDesign.Table> contract = design.stream()
                .flatMap(each -> each.tables().stream())
                .filter(each -> each.name().equals(profile.name()))
                .findFirst();
        List<Column> columns = profile.columns().stream()
                .limit(COLUMNS)
                .map(column -> column(column, contract.flatMap(each -> each.find(column.name()))))
                .toList();
        return new Table(
                profile.name(),
                List.copyOf(facts),
                source.notes(),
                columns,
                profile.columns().size() - columns.size(),
                structure,
                details);
    }

    private static String dialect(Map<String, String> dialect) {
        return dialect.entrySet().stream()
                .map(entry -> entry.getKey() + " " + visible(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Column column(ColumnProfile profile, Optional<Contract> contract) {
        String missing = profile.missing() == 0 ? "0" : Figures.percent(profile.missingShare());
        if (profile.invalid() > 0) {
            missing += " (" + Figures.count(profile.invalid()) + " unreadable)";
        }
        return new Column(
                profile.name(),
                Figures.words(profile.type()),
                contract.map(each -> Figures.words(each.role())).orElse(""),
                contract.map(Contract::why).filter(why -> !why.isEmpty()).orElse(profile.why()),
                missing,
                Figures.count(profile.distinct()),
                range(profile),
                drawing(profile));
    }

    private static String range(ColumnProfile profile) {
        if (profile.numbers().isPresent()) {
            NumberSummary numbers = profile.numbers().get();
            String middle = numbers.quantiles().length == 11
                    ? Figures.number(numbers.quantiles()[5])
                    : Figures.number(numbers.mean());
            return Figures.number(numbers.min()) + " … " + middle + " … " + Figures.number(numbers.max());
        }
        if (profile.times().isPresent()) {
            TimeSummary times = profile.times().get();
            return time(times, times.min().toString()) + " … "
                    + time(times, times.max().toString());
        }
        boolean repeats = profile.distinct() < profile.rows() - profile.missing();
        return profile.top().stream()
                .limit(3)
                .map(value -> Figures.shortened(visible(value.value()), VALUE_LENGTH)
                        + (repeats
                                ? " (" + Figures.percent((double) value.count() / Math.max(1, profile.rows())) + ")"
                                : ""))
                .collect(Collectors.joining(", "));
    }

    private static String time(TimeSummary times, String instant) {
        return times.dateOnly()
                ? instant.substring(0, Math.max(0, instant.indexOf('T')))
                : instant.replace("T", " ").replace("Z", "");
    }

    private static String drawing(ColumnProfile profile) {
        if (profile.numbers().isPresent()) {
            return Sparkline.svg(profile.numbers().get().histogram());
        }
        boolean repeats = profile.distinct() < profile.rows() - profile.missing();
        return repeats
                ? Sparkline.svg(profile.top().stream()
                        .limit(24)
                        .mapToDouble(ValueCount::count)
                        .toArray())
                : "";
    }

    private static Grid suspects(List<Suspect> suspects) {
        return new Grid(
                "Columns that should not be features",
                List.of("column", "suspicion", "measured", "why", "what was done"),
                suspects.stream()
                        .map(suspect -> List.of(
                                Grid.text(suspect.column()),
                                Grid.text(suspicion(suspect)),
                                Grid.number(suspect.measure() + " = " + Figures.number(suspect.value())),
                                Grid.text(suspect.why()),
                                suspect.exclude()
                                        ? Grid.styled("left out", "warn")
                                        : Grid.text("kept, evidence too weak")))
                        .toList());
    }

    private static Grid personal(List<PersonalData> personal, Optional<DataDesign> design) {
        return new Grid(
                "Personal data",
                List.of("column", "what", "how sure", "why", "what was done"),
                personal.stream()
                        .map(found -> List.of(
                                Grid.text(found.table() + "." + found.column()),
                                Grid.text(Figures.words(found.kind())
                                        + (found.place() == PersonalData.Place.CELL ? "" : ", within texts")),
                                Grid.number(Figures.percent(found.confidence())),
                                Grid.text(found.why()),
                                Grid.text(role(found, design))))
                        .toList());
    }

    private static String role(PersonalData found, Optional<DataDesign> design) {
        boolean feature = design.stream()
                .flatMap(each -> each.tables().stream())
                .filter(table -> table.name().equals(found.table()))
                .flatMap(table -> table.find(found.column()).stream())
                .anyMatch(column -> column.role() == DataDesign.Role.FEATURE);
        return feature ? "a feature: alone it leads to nobody" : "reaches no model";
    }

    private static String suspicion(Suspect suspect) {
        String with = suspect.columns().isEmpty() ? "" : " (with " + String.join(", ", suspect.columns()) + ")";
        return switch (suspect.kind()) {
            case COPY_OF_TARGET -> "copy of the target";
            case PART_OF_TARGET -> "part of the target" + with;
            case KNOWN_AFTER_TARGET -> "known only after the target";
            case IDENTIFIER -> "names the row";
            case CONSTANT -> "only one value";
            case DUPLICATE_COLUMN -> "same as another column" + with;
        };
    }

    private static Grid links(List<ColumnLink> links) {
        return new Grid(
                "How the tables belong together",
                List.of("column", "refers to", "values found there"),
                links.stream()
                        .map(link -> List.of(
                                Grid.text(link.table() + "." + link.column()),
                                Grid.text(link.toTable() + "." + link.toColumn()),
                                Grid.number(Figures.percent(link.coverage()))))
                        .toList());
    }

    /** A text whose control characters can be seen. */
    static String visible(String text) {
        return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
