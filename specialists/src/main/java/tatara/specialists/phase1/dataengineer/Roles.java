package tatara.specialists.phase1.dataengineer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Spec;
import tatara.specialists.Figures;

/** Gives each column of one table its role and its contract. */
final class Roles {
    /** A column that is missing in more rows than this, and filled in few, is left out. */
    private static final double ALMOST_EMPTY = 0.99;

    private static final double LEAST_PRESENCE = 0.01;
    private static final long ENOUGH_VALUES = 200;
    private static final int LISTED_CATEGORIES = 50;

    private final Optional<Spec> spec;
    private final TableProfile table;
    private final Times times;
    private final Map<String, Suspect> suspects = new LinkedHashMap<>();
    private final Map<String, PersonalData> personal = new LinkedHashMap<>();

    /** @param spec for the main table only; linked tables have no target, entity or suspects */
    Roles(Optional<Spec> spec, TableProfile table, Times times, List<Suspect> suspects, List<PersonalData> personal) {
        this.spec = spec;
        this.table = table;
        this.times = times;
        for (Suspect suspect : suspects) {
            if (suspect.exclude()) {
                this.suspects.putIfAbsent(suspect.column(), suspect);
            }
        }
        for (PersonalData found : personal) {
            if (found.isIdentifying()) {
                this.personal.putIfAbsent(found.column(), found);
            }
        }
    }

    List<Contract> contracts() {
        List<Contract> contracts = new ArrayList<>();
        for (ColumnProfile column : table.columns()) {
            contracts.add(contract(column));
        }
        return contracts;
    }

    private record Choice(Role role, String why) {}

    private Contract contract(ColumnProfile column) {
        Choice choice = spec.isPresent() ? ofMain(spec.get(), column) : ofLinked(column);
        return new Contract(
                column.name(),
                column.type(),
                choice.role,
                column.format(),
                column.missing() > 0,
                column.numbers().map(numbers -> numbers.min()).filter(Double::isFinite),
                column.numbers().map(numbers -> numbers.max()).filter(Double::isFinite),
                categories(column),
                choice.why);
    }

    private Choice ofMain(Spec asked, ColumnProfile column) {
        Optional<String> name = Optional.of(column.name());
        if (asked.target().equals(name)) {
            return new Choice(Role.TARGET, "the requirement asks for it");
        }
        if (asked.time().equals(name)) {
            return new Choice(Role.TIME, "it orders the rows");
        }
        if (asked.entity().equals(name)) {
            return new Choice(Role.ENTITY, "it names what a row is about");
        }
        Suspect suspect = suspects.get(column.name());
        return suspect == null ? ofLinked(column) : suspected(suspect);
    }

    private static Choice suspected(Suspect suspect) {
        Role role =
                switch (suspect.kind()) {
                    case COPY_OF_TARGET, PART_OF_TARGET, KNOWN_AFTER_TARGET -> Role.LEAK;
                    case IDENTIFIER -> Role.IDENTIFIER;
                    case CONSTANT, DUPLICATE_COLUMN -> Role.IGNORED;
                };
        return new Choice(role, suspect.why());
    }

    private Choice ofLinked(ColumnProfile column) {
        if (column.type() == ColumnType.EMPTY) {
            return new Choice(Role.IGNORED, "it holds no value");
        }
        if (column.distinct() <= 1 && !isPresence(column)) {
            return new Choice(Role.IGNORED, "it has one value only");
        }
        if (times.arrival().equals(Optional.of(column.name()))) {
            return new Choice(Role.IDENTIFIER, "it says when the row became known, not what happened");
        }
        PersonalData person = personal.get(column.name());
        if (person != null) {
            return new Choice(
                    Role.IDENTIFIER,
                    "it holds personal data (" + Figures.words(person.kind()) + ") and says who, not what: "
                            + person.why());
        }
        boolean event = times.event().equals(Optional.of(column.name()));
        if (event && spec.isEmpty()) {
            return new Choice(Role.TIME, "it says when the row's fact happened");
        }
        if (column.type() == ColumnType.IDENTIFIER) {
            return new Choice(
                    Role.IDENTIFIER,
                    "its " + column.distinct() + " values name things and say nothing of the next one");
        }
        long filled = column.rows() - column.missing();
        if (column.missingShare() > ALMOST_EMPTY && filled < ENOUGH_VALUES) {
            return new Choice(Role.IGNORED, "only " + Figures.count(filled, "row has", "rows have") + " a value");
        }
        return new Choice(Role.FEATURE, column.why());
    }

    /** Whether a column with one value tells something by being filled or not. */
    private static boolean isPresence(ColumnProfile column) {
        return column.missingShare() >= LEAST_PRESENCE && column.missingShare() <= 1 - LEAST_PRESENCE;
    }

    private static List<String> categories(ColumnProfile column) {
        if (column.type() == ColumnType.BOOLEAN) {
            return booleans(column.format());
        }
        boolean few = column.type() == ColumnType.CATEGORY
                && column.distinct() <= LISTED_CATEGORIES
                && column.top().size() == column.distinct();
        return few ? column.top().stream().map(ValueCount::value).toList() : List.of();
    }

    private static List<String> booleans(CellFormat format) {
        return format.trueTokens().isEmpty() && format.falseTokens().isEmpty() ? List.of() : List.of("false", "true");
    }
}
