package tatara.web.report;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;
import tatara.web.PageParts;
import tatara.web.Templates;

/** Makes the page of a profile: one HTML file, readable without network and without scripts. Thread-safe. */
public final class ProfileReport {
    private final Templates templates = new Templates();

    /** A table to show. */
    public record Table(TableProfile profile, Optional<TableStructure> structure) {}

    /**
     * The HTML document; all text of the data is escaped.
     *
     * @param name of what was profiled
     */
    public String render(String name, List<Table> tables) {
        DataSection data = DataSection.of(
                tables.stream().map(Table::profile).toList(),
                tables.stream().flatMap(table -> table.structure().stream()).toList());
        return templates.render("report/profile.jte", new ProfilePage(name, data, PageParts.of(data.charts())));
    }
}
