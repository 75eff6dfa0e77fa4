/**
 * The report of a run, for people: one HTML file that needs no network.
 *
 * <p>Starting points: {@link tatara.web.report.ReportContent} is what goes in, {@link tatara.web.report.Report} makes the file. The other
 * records are what the templates in {@code src/main/jte/report} show, one for each section.
 */
@NullMarked
package tatara.web.report;

import org.jspecify.annotations.NullMarked;
