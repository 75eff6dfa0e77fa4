package tatara.model.bundle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.Json;
import tatara.core.spec.Task;
import tatara.model.bundle.Signature.Input;
import tatara.model.transform.CellParser;

/**
 * JSON rows of a request as a frame of a signature's inputs. A text is read like a cell of the training data; a JSON number is
 * that number whatever the cell's format; true and false are the texts {@code true} and {@code false} (1 and 0 for a number);
 * null is missing; a time may also come in ISO-8601. Keys that are no input are ignored. Immutable, thread-safe.
 */
public final class RowReader {
    private static final CellParser ISO = CellParser.of(ColumnType.TIME, CellFormat.plain());

    private final Signature signature;
    private final List<CellParser> parsers;

    public RowReader(Signature signature) {
        this.signature = signature;
        this.parsers = signature.inputs().stream()
                .map(input -> CellParser.of(input.type(), input.format()))
                .toList();
    }

    /**
     * @return the inputs in the signature's order and kinds; an optional column that no row has is missing in every row (for
     *     forecasts it stays away)
     * @throws TataraException with {@code MISSING_COLUMN} if a row lacks the key of a required column, with {@code WRONG_VALUE}
     *     if a value is an object or an array
     */
    public Frame rows(List<Json.Obj> rows) {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < parsers.size(); i++) {
            Input input = signature.inputs().get(i);
            @Nullable Json[] values = new @Nullable Json[rows.size()];
            boolean present = false;
            for (int row = 0; row < values.length; row++) {
                Json value = rows.get(row).members().get(input.name());
                if (value == null && input.required()) {
                    throw missing(rows.get(row), row, rows.size());
                }
                present |= value != null;
                values[row] = checked(value, input, row);
            }
            if (present || signature.task() != Task.FORECAST) {
                fields.add(new Field(input.name(), input.type().kind()));
                columns.add(column(values, input, parsers.get(i)));
            }
        }
        return new Frame(new Schema(fields), columns, rows.size());
    }

    private TataraException missing(Json.Obj row, int number, int count) {
        List<String> absent = signature.inputs().stream()
                .filter(input -> input.required() && !row.members().containsKey(input.name()))
                .map(Input::name)
                .toList();
        TataraException fault =
                Conformer.missingColumns(absent, List.copyOf(row.members().keySet()));
        return count == 1
                ? fault
                : new TataraException(
                        BundleErrorCode.MISSING_COLUMN, fault.fault().at("row " + number));
    }

    private static @Nullable Json checked(@Nullable Json value, Input input, int row) {
        if (value instanceof Json.Obj || value instanceof Json.Arr) {
            throw new TataraException(
                    BundleErrorCode.WRONG_VALUE,
                    Fault.of("Column " + Conformer.quoted(input.name()) + " holds "
                                    + (value instanceof Json.Obj ? "an object" : "an array"))
                            .at("row " + row)
                            .expecting("a number, a text, true, false or null")
                            .todo("Send one plain value for each column"));
        }
        return value;
    }

    private static Column column(@Nullable Json[] values, Input input, CellParser parser) {
        switch (input.type().kind()) {
            case NUMBER -> {
                double[] numbers = new double[values.length];
                for (int row = 0; row < numbers.length; row++) {
                    numbers[row] = number(values[row], parser);
                }
                return new NumberColumn(numbers);
            }
            case TIME -> {
                long[] micros = new long[values.length];
                for (int row = 0; row < micros.length; row++) {
                    micros[row] = time(values[row], parser);
                }
                return new TimeColumn(micros);
            }
            default -> {
                return TextColumn.of(values.length, row -> text(values[row], parser));
            }
        }
    }

    private static double number(@Nullable Json value, CellParser parser) {
        if (value instanceof Json.Num number) {
            return parser.number(number.asDouble());
        }
        if (value instanceof Json.Bool bool) {
            return bool.value() ? 1 : 0;
        }
        return value instanceof Json.Str string ? parser.number(string.value()) : Double.NaN;
    }

    private static long time(@Nullable Json value, CellParser parser) {
        if (value instanceof Json.Num number) {
            return parser.time(number.asDouble());
        }
        return value instanceof Json.Str string ? time(string.value(), parser) : TimeColumn.MISSING;
    }

    /** In the column's own form, or else in ISO-8601, which a JSON client may always use. */
    private static long time(String text, CellParser parser) {
        long micros = parser.time(text);
        return micros == TimeColumn.MISSING && !parser.isMissing(text) ? ISO.time(text) : micros;
    }

    /** Whether a text given for an input is missing, or is the number or time that the input's type wants; any text for a text. */
    public boolean fits(int input, String text) {
        CellParser parser = parsers.get(input);
        return switch (signature.inputs().get(input).type().kind()) {
            case NUMBER -> parser.isMissing(text) || !Double.isNaN(parser.number(text));
            case TIME -> parser.isMissing(text) || time(text, parser) != TimeColumn.MISSING;
            case TEXT -> true;
        };
    }

    private static @Nullable String text(@Nullable Json value, CellParser parser) {
        if (value instanceof Json.Num number) {
            return number.value() instanceof Long whole
                    ? parser.text(Long.toString(whole))
                    : parser.text(number.asDouble());
        }
        if (value instanceof Json.Bool bool) {
            return parser.text(Boolean.toString(bool.value()));
        }
        return value instanceof Json.Str string ? parser.text(string.value()) : null;
    }
}
