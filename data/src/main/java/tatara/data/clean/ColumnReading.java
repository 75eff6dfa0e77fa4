package tatara.data.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mend;
import tatara.core.evidence.Mending;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.transform.CellParser;

/** Tells of each text of a column whether it is written as the others are. Remembers the texts of one column; not thread-safe. */
final class ColumnReading {
    private static final CellParser SHOWN = CellParser.of(ColumnType.TEXT, CellFormat.plain());
    private static final int REMEMBERED = 100_000;

    private final ColumnProfile column;
    private final Mending mending;
    private final CellParser parser;
    private final CellParser usual;
    private final Map<String, Optional<Odd>> known = new HashMap<>();
    private long missing;
    private long mended;
    private long leftOut;

    /** What is odd about a text. */
    record Odd(String value, OddCell.Kind kind, String why) {}

    ColumnReading(ColumnProfile column) {
        this.column = column;
        CellFormat format = column.format();
        this.mending = format.mending().orElse(Mending.none());
        this.parser = CellParser.of(column.type(), format);
        this.usual = CellParser.of(
                column.type(), format.withMending(Mending.none().withTimes(List.of(), mending.firstYear())));
    }

    String name() {
        return column.name();
    }

    /** Counts a missing cell. */
    void missing() {
        missing++;
    }

    /** Counts a cell. */
    Optional<Odd> look(TextColumn cells, int row) {
        if (cells.isMissing(row)) {
            missing++;
            return Optional.empty();
        }
        String text = cells.dictionary()[cells.codes()[row]];
        if (parser.isMissing(text)) {
            missing++;
            return Optional.empty();
        }
        Optional<Odd> odd = known.get(text);
        if (odd == null) {
            odd = odd(text);
            if (known.size() < REMEMBERED) {
                known.put(text, odd);
            }
        }
        mended += odd.isPresent() && odd.get().kind() == OddCell.Kind.MENDED ? 1 : 0;
        leftOut += odd.isPresent() && odd.get().kind() == OddCell.Kind.LEFT_OUT ? 1 : 0;
        return odd;
    }

    private Optional<Odd> odd(String text) {
        Optional<String> value = value(parser, text);
        if (value.isEmpty()) {
            String why = "not " + what() + " in any form that the column has";
            return Optional.of(new Odd("", OddCell.Kind.LEFT_OUT, why));
        }
        return value.equals(value(usual, text))
                ? Optional.empty()
                : Optional.of(new Odd(value.get(), OddCell.Kind.MENDED, why(text)));
    }

    private String what() {
        return switch (column.type()) {
            case TIME -> "a time";
            case BOOLEAN -> "true or false";
            case NUMBER, INTEGER -> "a number";
            case EMPTY, CATEGORY, TEXT, IDENTIFIER -> "a value";
        };
    }

    private Optional<String> value(CellParser reading, String text) {
        return switch (column.type().kind()) {
            case NUMBER -> Optional.ofNullable(SHOWN.text(reading.number(text)));
            case TIME -> time(reading.time(text));
            case TEXT -> Optional.ofNullable(reading.text(text));
        };
    }

    private static Optional<String> time(long micros) {
        if (micros == TimeColumn.MISSING) {
            return Optional.empty();
        }
        TextColumn text = (TextColumn) SHOWN.parse(new TimeColumn(new long[] {micros}));
        return Optional.of(text.dictionary()[0]);
    }

    private String why(String text) {
        String trimmed = CellParser.trimmed(text);
        if (mending.repairs().containsKey(trimmed)) {
            return "stands for another text";
        }
        if (column.type() == ColumnType.TIME) {
            return mending.timePatterns().stream()
                    .filter(pattern -> reads(mending.withTimes(List.of(pattern), mending.firstYear()), text))
                    .findFirst()
                    .map(pattern -> "a date in another form, " + pattern)
                    .orElse("a time in another form");
        }
        if (reads(Mending.none().withUnits(mending.units()), text)) {
            return "a number with another unit";
        }
        List<String> ways = new ArrayList<>();
        for (Mend mend : mending.numbers()) {
            List<Mend> others = new ArrayList<>(mending.numbers());
            others.remove(mend);
            if (!reads(mending.withNumbers(others), text)) {
                ways.add(mend.name().toLowerCase(Locale.ROOT));
            }
        }
        return "a number after mending " + (ways.isEmpty() ? "its form" : String.join(" and ", ways));
    }

    private boolean reads(Mending other, String text) {
        return value(CellParser.of(column.type(), column.format().withMending(other)), text)
                .isPresent();
    }

    CleanedColumn summary() {
        return new CleanedColumn(
                column.name(),
                column.type(),
                missing,
                column.format().missing(),
                mended,
                leftOut,
                column.format().mending(),
                column.why());
    }
}
