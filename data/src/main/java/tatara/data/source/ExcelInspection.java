package tatara.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceFile;
import tatara.data.lake.DataErrorCode;

/**
 * Finds the tables of a workbook: on each sheet the rows that are about as wide as most, without titles above and spare columns around,
 * with a header of one row or, where cells are joined, of several.
 */
final class ExcelInspection {
    private static final int MOST_SAMPLED = 2_000;
    private static final int MOST_SAMPLED_CELLS = 400_000;
    private static final double WIDE_ENOUGH = 0.6;

    private final SourceFile source;
    private final Path file;
    private final List<String> notes = new ArrayList<>();

    ExcelInspection(SourceFile source) {
        this.source = source;
        this.file = Path.of(source.path());
    }

    /** One find for each sheet that holds a table, in the order of the sheets. */
    List<Inspection.Found> inspect() {
        Map<String, List<ExcelBook.Merge>> merges = ExcelBook.check(file);
        try (ExcelBook book = ExcelBook.open(file)) {
            List<Inspection.Found> found = new ArrayList<>();
            List<String> empty = new ArrayList<>();
            for (Sheet sheet : book.sheets()) {
                Sample sample = Sample.of(book, sheet.getName());
                if (sample.rows.isEmpty()) {
                    empty.add(sheet.getName());
                    continue;
                }
                found.add(table(book, sheet, sample, merges.getOrDefault(sheet.getId(), List.of())));
            }
            if (found.isEmpty()) {
                throw new TataraException(
                        DataErrorCode.SOURCE_EMPTY,
                        Fault.of("no sheet of the workbook holds a row")
                                .at(file.toString())
                                .expecting("a table with a header and rows"));
            }
            return found.stream()
                    .map(one -> marked(one, found.size() == 1, empty))
                    .toList();
        }
    }

    private Inspection.Found marked(Inspection.Found found, boolean only, List<String> empty) {
        SourcePart part = found.part();
        SheetArea area = part.dialect().sheet();
        List<String> all = new ArrayList<>(found.notes());
        if (!empty.isEmpty()) {
            all.add("sheets without a row are left out: " + String.join(", ", empty));
        }
        Dialect dialect = part.dialect().on(new SheetArea(area.sheet(), only, area.firstRow(), area.columns()));
        return new Inspection.Found(
                found.format(), new SourcePart(part.file(), dialect, part.columns()), found.layout(), all);
    }

    /** The first rows of a sheet that hold something. */
    private record Sample(List<List<ExcelCell>> rows, List<Integer> numbers, List<Boolean> hidden) {
        static Sample of(ExcelBook book, String sheet) {
            Sample sample = new Sample(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            long[] cells = {0};
            book.rows(sheet, row -> {
                List<ExcelCell> values = cells(row, book.from1904());
                if (values.stream().anyMatch(cell -> !cell.isMissing())) {
                    sample.rows.add(values);
                    sample.numbers.add(row.getRowNum() - 1);
                    sample.hidden.add(row.isHidden());
                    cells[0] += values.size();
                }
                return sample.rows.size() < MOST_SAMPLED && cells[0] < MOST_SAMPLED_CELLS;
            });
            return sample;
        }

        ExcelCell cell(int row, int column) {
            List<ExcelCell> cells = rows.get(row);
            return column < cells.size() ? cells.get(column) : ExcelCell.MISSING;
        }

        long filled(int row) {
            return rows.get(row).stream().filter(cell -> !cell.isMissing()).count();
        }

        /** The first row that has about as many cells as most rows have. */
        int start() {
            List<Long> counts = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                counts.add(filled(i));
            }
            long usual =
                    counts.stream().sorted().skip(counts.size() / 2).findFirst().orElse(1L);
            for (int i = 0; i < rows.size(); i++) {
                if (counts.get(i) >= Math.max(1, Math.ceil(WIDE_ENOUGH * usual))) {
                    return i;
                }
            }
            return 0;
        }
    }

    static List<ExcelCell> cells(Row row, boolean from1904) {
        List<ExcelCell> cells = new ArrayList<>(row.getCellCount());
        for (int i = 0; i < row.getCellCount(); i++) {
            Cell cell = row.getOptionalCell(i).orElse(null);
            cells.add(ExcelCell.of(cell, from1904));
        }
        return cells;
    }

    private Inspection.Found table(ExcelBook book, Sheet sheet, Sample sample, List<ExcelBook.Merge> merges) {
        List<String> told = new ArrayList<>(notes);
        if (sheet.getVisibility() != SheetVisibility.VISIBLE) {
            told.add("the sheet " + sheet.getName() + " is hidden");
        }
        int start = sample.start();
        if (start > 0) {
            told.add("the first " + sample.numbers.get(start) + " rows are no part of the table and are left out");
        }
        if (sample.hidden.stream().anyMatch(hidden -> hidden)) {
            told.add("hidden rows of the sheet " + sheet.getName() + " are read like others");
        }
        int levels = levels(sample, start, merges);
        List<Integer> columns = columns(book, sheet.getName(), sample.numbers.get(start));
        List<List<String>> records = new ArrayList<>();
        for (int i = start + levels - 1; i < sample.rows.size(); i++) {
            int row = i;
            records.add(columns.stream()
                    .map(column -> sample.cell(row, column).text())
                    .toList());
        }
        boolean header = levels > 1 || HeaderRow.isHeader(records);
        List<String> names = header
                ? ColumnNames.distinct(header(sample, start, levels, columns, merges), told)
                : ColumnNames.numbered(columns.size());
        if (!header) {
            told.add("the first row does not look like a header; the columns are called column_1, column_2 …");
        }
        int firstRow = sample.numbers.get(start) + (header ? levels : 0);
        SheetArea area = new SheetArea(sheet.getName(), true, firstRow, columns);
        SourcePart part = new SourcePart(source, Dialect.excel(header, area), names);
        return new Inspection.Found(Format.EXCEL, part, Layout.ROWS, told);
    }

    /** Rows of the header: cells joined across columns need a row below that tells them apart. */
    private static int levels(Sample sample, int start, List<ExcelBook.Merge> merges) {
        int first = sample.numbers.get(start);
        int last = first;
        for (ExcelBook.Merge merge : merges) {
            if (merge.firstRow() == first) {
                boolean across = merge.lastColumn() > merge.firstColumn();
                last = Math.max(last, across ? merge.lastRow() + 1 : merge.lastRow());
            }
        }
        int levels = 1;
        while (start + levels < sample.rows.size() && sample.numbers.get(start + levels) <= last) {
            levels++;
        }
        return start + levels < sample.rows.size() ? levels : 1;
    }

    /** Columns of the sheet that hold anything from the first row of the table on; all rows are looked at. */
    private static List<Integer> columns(ExcelBook book, String sheet, int from) {
        Set<Integer> filled = new TreeSet<>();
        book.rows(sheet, row -> {
            if (row.getRowNum() - 1 >= from) {
                List<ExcelCell> cells = cells(row, book.from1904());
                for (int i = 0; i < cells.size(); i++) {
                    if (!cells.get(i).isMissing()) {
                        filled.add(i);
                    }
                }
            }
            return true;
        });
        return List.copyOf(filled);
    }

    /** Names of the columns: the parts of a header of several rows, joined by a space. */
    private static List<String> header(
            Sample sample, int start, int levels, List<Integer> columns, List<ExcelBook.Merge> merges) {
        Map<Integer, Integer> rows = new TreeMap<>();
        for (int i = start; i < start + levels; i++) {
            rows.put(sample.numbers.get(i), i);
        }
        List<String> names = new ArrayList<>(columns.size());
        for (int column : columns) {
            Set<String> parts = new LinkedHashSet<>();
            rows.forEach((number, row) -> {
                String own = sample.cell(row, column).text();
                parts.add(own.isEmpty() ? joined(sample, rows, number, column, merges) : own.strip());
            });
            parts.remove("");
            names.add(String.join(" ", parts).replaceAll("\\s+", " "));
        }
        return names;
    }

    /** The text of the joined cell that covers a place, empty if none does. */
    private static String joined(
            Sample sample, Map<Integer, Integer> rows, int number, int column, List<ExcelBook.Merge> merges) {
        return merges.stream()
                .filter(merge -> merge.firstRow() <= number && number <= merge.lastRow())
                .filter(merge -> merge.firstColumn() <= column && column <= merge.lastColumn())
                .filter(merge -> rows.containsKey(merge.firstRow()))
                .map(merge -> sample.cell(rows.getOrDefault(merge.firstRow(), 0), merge.firstColumn())
                        .text()
                        .strip())
                .findFirst()
                .orElse("");
    }
}
