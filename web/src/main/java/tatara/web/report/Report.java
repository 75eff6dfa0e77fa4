package tatara.web.report;

import tatara.web.Templates;

/** Makes the report of a run: one HTML file, readable without network and without scripts. Thread-safe. */
public final class Report {
    private final Templates templates;

    public Report() {
        this(new Templates());
    }

    public Report(Templates templates) {
        this.templates = templates;
    }

    /** The HTML document. Every figure in it comes from the content; all of the content's text is escaped. */
    public String render(ReportContent content) {
        return templates.render("report/page.jte", ReportPage.of(content));
    }
}
