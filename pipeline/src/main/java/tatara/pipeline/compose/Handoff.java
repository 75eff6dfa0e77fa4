package tatara.pipeline.compose;

import java.util.List;
import tatara.core.design.Proposal;
import tatara.core.error.Problem;
import tatara.core.json.Document;

/**
 * A hand-off as read from its file.
 *
 * @param reads the documents that its specialist used
 * @param proposal design and decisions
 * @param document the text's values with their lines
 */
public record Handoff(List<Read> reads, Proposal<?> proposal, Document document) {
    /** Problems of this document with the lines of their paths. */
    public List<Problem> withLines(List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        new Problem(document.name(), document.line(problem.path()), problem.path(), problem.message()))
                .toList();
    }
}
