package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.FrameSource;

/**
 * Finds the wrong cells of a table (D6). Without labels it weighs, for each cell, log-likelihood ratios of an error: columns that mostly
 * determine it and disagree (approximate functional dependencies, single and in pairs, tested against a shuffled column), texts near to
 * frequent ones, rare shapes, words and letters in columns that are otherwise regular, numbers far outside. How much each sign says is
 * measured on the column itself. Labelled rows teach a regression on top, so that a form that every row has can be wrong.
 *
 * <p>Learns from a sample of bounded size, then streams over the table. Deterministic by seed. Thread-safe.
 */
public final class CellErrors {
    private final Settings settings;

    /**
     * @param seed chooses the sample of a large table and breaks ties
     * @param sampleRows most rows to learn from; a table of no more rows is looked at whole
     * @param mostListed most suspected cells that {@link #find(FrameSource, List)} lists; the others are counted
     */
    public record Settings(long seed, int sampleRows, int mostListed) {
        public Settings {
            if (sampleRows < 1 || mostListed < 0) {
                throw new IllegalArgumentException("sampleRows: " + sampleRows + ", mostListed: " + mostListed
                        + " (expected: at least 1, at least 0)");
            }
        }

        public static Settings of(long seed) {
            return new Settings(seed, 100_000, 500_000);
        }
    }

    public CellErrors(Settings settings) {
        this.settings = settings;
    }

    /**
     * The suspected cells, listed up to the most of the settings.
     *
     * @throws TataraException {@code LABEL_MISMATCH} if a label does not fit the table
     */
    public Findings find(FrameSource table, List<LabelledRow> labels) {
        List<Finding> cells = new ArrayList<>();
        Findings counted = find(table, labels, finding -> {
            if (cells.size() < settings.mostListed()) {
                cells.add(finding);
            }
        });
        return new Findings(counted.rows(), counted.columns(), cells, counted.unlisted() - cells.size());
    }

    /**
     * Like {@link #find(FrameSource, List)}, with the suspected cells handed over one by one, by row, then by column. The answer lists none.
     */
    public Findings find(FrameSource table, List<LabelledRow> labels, Consumer<Finding> consumer) {
        Judge judge = judge(table, labels);
        Reasons reasons = new Reasons(judge);
        int width = table.schema().size();
        RowCells row = new RowCells(width);
        double[] logits = new double[width];
        long[] suspected = new long[width];
        long[] position = {0};
        table.forEach(frame -> {
            FrameCells cells = new FrameCells(frame, judge);
            for (int i = 0; i < cells.rows(); i++) {
                cells.take(i, row);
                row.position = position[0]++;
                row.sampled = judge.sample().indexOf(row.position) >= 0;
                judge.judge(row, logits);
                for (int column = 0; column < width; column++) {
                    if (logits[column] > 0) {
                        suspected[column]++;
                        consumer.accept(reasons.finding(row, column, logits[column]));
                    }
                }
            }
        });
        return summary(table, suspected, position[0]);
    }

    private static Findings summary(FrameSource table, long[] suspected, long rows) {
        List<ColumnErrors> columns = new ArrayList<>();
        long all = 0;
        for (int column = 0; column < suspected.length; column++) {
            all += suspected[column];
            double share = rows == 0 ? 0 : (double) suspected[column] / rows;
            columns.add(new ColumnErrors(table.schema().field(column).name(), suspected[column], share));
        }
        return new Findings(rows, columns, List.of(), all);
    }

    /**
     * The rows whose labels would teach most, given those that are labelled already; most worth first.
     *
     * @param count how many; fewer come back if the table has fewer
     */
    public List<SuggestedRow> ask(FrameSource table, List<LabelledRow> labels, int count) {
        Judge judge = judge(table, labels);
        TableSample sample = judge.sample();
        RowChoice choice = new RowChoice(sample, judge.judgeSample(), settings.seed());
        int[] known =
                labels.stream().mapToInt(label -> sample.indexOf(label.row())).toArray();
        for (int row : known) {
            choice.learned(row);
        }
        return choice.choose(count, known).stream()
                .map(row -> new SuggestedRow(sample.position(row), sample.texts(row)))
                .toList();
    }

    private Judge judge(FrameSource table, List<LabelledRow> labels) {
        List<LabelledRow> ordered = check(table, labels);
        long[] needed = ordered.stream().mapToLong(LabelledRow::row).toArray();
        TableSample sample = TableSample.of(table, settings.sampleRows(), settings.seed(), needed);
        return new Judge(sample, TableModel.learn(sample, settings.seed()), ordered);
    }

    /** The labels by row; of several for one row the last counts. */
    private static List<LabelledRow> check(FrameSource table, List<LabelledRow> labels) {
        Map<Long, LabelledRow> byRow = new TreeMap<>();
        for (LabelledRow label : labels) {
            if (label.row() >= table.rows()) {
                throw new TataraException(
                        CellErrorCode.LABEL_MISMATCH,
                        Fault.of("a label for row " + label.row())
                                .expecting("a row from 0 to " + (table.rows() - 1))
                                .todo("Label rows of this table: data errors TABLE --ask 20"));
            }
            if (label.values().size() != table.schema().size()) {
                throw new TataraException(
                        CellErrorCode.LABEL_MISMATCH,
                        Fault.of("the label of row " + label.row() + " has "
                                        + label.values().size() + " cells")
                                .expecting(table.schema().size() + " cells, one for each column of the table")
                                .todo("Label whole rows: data errors TABLE --ask 20"));
            }
            byRow.put(label.row(), label);
        }
        List<LabelledRow> ordered = new ArrayList<>(byRow.values());
        ordered.sort(Comparator.comparingLong(LabelledRow::row));
        return ordered;
    }
}
