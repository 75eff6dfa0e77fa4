package tatara.specialists.phase1.datascientist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign.Aggregate;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnType;
import tatara.core.spec.Spec;
import tatara.specialists.Figures;
import tatara.specialists.words.Lexicon;
import tatara.specialists.words.Words;

/** Aggregates over linked tables, as known at the main row's time (S1). */
final class Views {
    private static final int MOST = 60;
    private static final List<Integer> WINDOWS = List.of(30, 90, 0);

    private final Spec spec;
    private final DataDesign data;
    private final List<ViewColumn> views = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Views(Spec spec, DataDesign data) {
        this.spec = spec;
        this.data = data;
        data.main().columns().forEach(column -> names.add(column.name()));
    }

    List<ViewColumn> views() {
        List<ColumnLink> usable = data.links().stream().filter(this::isUsable).toList();
        int share = usable.isEmpty() ? 0 : MOST / usable.size();
        for (ColumnLink link : usable) {
            List<ViewColumn> found = link.toTable().equals(data.mainTable()) ? ofEvents(link) : ofLookUp(link);
            List<ViewColumn> kept = found.subList(0, Math.min(share, found.size()));
            views.addAll(kept);
            explain(link, kept.size(), found.size());
        }
        return List.copyOf(views);
    }

    void explain(List<Decision> all) {
        all.addAll(decisions);
    }

    /** A linked table that is about the outcome itself would tell it, unless time says what was known. */
    private boolean isUsable(ColumnLink link) {
        String other = link.toTable().equals(data.mainTable()) ? link.table() : link.toTable();
        boolean guarded = data.main().eventTime().isPresent()
                && data.table(other).eventTime().isPresent();
        if (guarded || !tellsOutcome(other)) {
            return true;
        }
        decisions.add(new Decision(
                "Nothing is taken from " + Figures.name(other),
                "by its name it is about the outcome, and without times in both tables it cannot be told what was known before",
                List.of()));
        return false;
    }

    private boolean tellsOutcome(String table) {
        String target = spec.target().orElse("");
        Set<String> stems = Set.copyOf(Words.stems(target));
        boolean named = Words.stems(table).stream().anyMatch(stem -> stem.length() > 2 && stems.contains(stem));
        Set<String> concepts = concepts(target);
        return named || concepts(table).stream().anyMatch(concepts::contains);
    }

    private static Set<String> concepts(String text) {
        return Lexicon.business().meanings(text).stream()
                .map(Lexicon.Meaning::concept)
                .collect(Collectors.toSet());
    }

    /** Many rows of the linked table for one of the main table. */
    private List<ViewColumn> ofEvents(ColumnLink link) {
        Table table = data.table(link.table());
        boolean timed = table.eventTime().isPresent() && data.main().eventTime().isPresent();
        List<ViewColumn> found = new ArrayList<>();
        for (int window : timed ? WINDOWS : List.of(0)) {
            found.add(view(link, Aggregate.COUNT, Optional.empty(), window));
        }
        if (timed) {
            found.add(view(link, Aggregate.DAYS_SINCE_LAST, Optional.empty(), 0));
            found.add(view(link, Aggregate.DAYS_SINCE_FIRST, Optional.empty(), 0));
        }
        List<Contract> numbers = numbers(table, link.column());
        for (Contract number : numbers) {
            found.add(view(link, Aggregate.MEAN, Optional.of(number.name()), 0));
            for (int window : timed ? List.of(30, 90) : List.of(0)) {
                found.add(view(link, Aggregate.SUM, Optional.of(number.name()), window));
            }
        }
        for (Contract number : numbers) {
            if (timed) {
                found.add(view(link, Aggregate.LAST, Optional.of(number.name()), 0));
            }
            found.add(view(link, Aggregate.MAX, Optional.of(number.name()), 0));
        }
        for (Contract category : categories(table, link.column())) {
            found.add(view(link, Aggregate.DISTINCT, Optional.of(category.name()), 0));
        }
        return found;
    }

    /** One row of the linked table for many of the main table, such as a plan's price. */
    private List<ViewColumn> ofLookUp(ColumnLink link) {
        Table table = data.table(link.toTable());
        ColumnLink turned =
                new ColumnLink(link.toTable(), link.toColumn(), link.table(), link.column(), link.coverage());
        List<ViewColumn> found = new ArrayList<>();
        for (Contract number : numbers(table, link.toColumn())) {
            found.add(view(turned, Aggregate.MEAN, Optional.of(number.name()), 0));
        }
        return found;
    }

    private static List<Contract> numbers(Table table, String key) {
        return table.withRole(Role.FEATURE).stream()
                .filter(column -> !column.name().equals(key))
                .filter(column -> column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER)
                .toList();
    }

    private static List<Contract> categories(Table table, String key) {
        return table.withRole(Role.FEATURE).stream()
                .filter(column -> !column.name().equals(key))
                .filter(column -> column.type() == ColumnType.CATEGORY)
                .toList();
    }

    private ViewColumn view(ColumnLink link, Aggregate aggregate, Optional<String> column, int window) {
        String wanted = plain(link.table()) + "_" + aggregate.name().toLowerCase(Locale.ROOT)
                + column.map(name -> "_" + plain(name)).orElse("")
                + (window > 0 ? "_" + window + "d" : "");
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return new ViewColumn(name, link.table(), link.column(), link.toColumn(), aggregate, column, window);
    }

    /** Letters and digits of a name, joined by underscores. */
    private static String plain(String name) {
        String joined = String.join("_", Words.of(name));
        return joined.substring(0, Math.min(40, joined.length()));
    }

    private void explain(ColumnLink link, int kept, int found) {
        String other = link.toTable().equals(data.mainTable()) ? link.table() : link.toTable();
        boolean guarded = data.main().eventTime().isPresent()
                && data.table(other).eventTime().isPresent();
        String guard = guarded
                ? "only rows that had arrived at the main row's time count"
                : "no time in both tables says what was known when, so all rows count: make sure that they came before the outcome";
        decisions.add(new Decision(
                kept + " figures are computed from " + Figures.name(other),
                guard,
                List.of(
                        Figures.evidence("share of keys found", Figures.percent(link.coverage()), "link search"),
                        Figures.evidence("figures possible", found, "contracts"))));
    }
}
