package tatara.model.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.spec.Task;
import tatara.model.bundle.Signature.Input;
import tatara.model.transform.CellParser;

/** Brings a frame of any columns to a signature's inputs. Immutable, thread-safe. */
final class Conformer {
    private static final int LISTED = 20;

    private final Signature signature;
    private final List<CellParser> parsers;

    Conformer(Signature signature) {
        this.signature = signature;
        this.parsers = signature.inputs().stream()
                .map(input -> CellParser.of(input.type(), input.format()))
                .toList();
    }

    /**
     * The inputs in the signature's order and kinds. An optional column that is not there is missing in every row; for forecasts
     * it stays away.
     *
     * @throws TataraException with {@code MISSING_COLUMN}
     */
    Frame conform(Frame raw) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < raw.schema().size(); i++) {
            positions.put(raw.schema().field(i).name(), i);
        }
        requireAll(positions, raw.schema().names());
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < parsers.size(); i++) {
            Input input = signature.inputs().get(i);
            Integer position = positions.get(input.name());
            if (position == null && signature.task() == Task.FORECAST) {
                continue;
            }
            Kind kind = input.type().kind();
            fields.add(new Field(input.name(), kind));
            columns.add(
                    position == null
                            ? missing(kind, raw.rows())
                            : parsers.get(i).parse(raw.column(position)));
        }
        return new Frame(new Schema(fields), columns, raw.rows());
    }

    private void requireAll(Map<String, Integer> positions, List<String> given) {
        List<String> absent = signature.inputs().stream()
                .filter(input -> input.required() && !positions.containsKey(input.name()))
                .map(Input::name)
                .toList();
        if (!absent.isEmpty()) {
            throw missingColumns(absent, given);
        }
    }

    /** The fault of required columns that are not there; names them, what there is, and what may have been meant. */
    static TataraException missingColumns(List<String> absent, List<String> given) {
        String what = absent.size() == 1 ? "Missing column " : "Missing columns ";
        StringBuilder todo = new StringBuilder("Add ");
        todo.append(absent.size() == 1 ? "the column" : "the columns").append("; a missing value may be left empty");
        for (String name : absent) {
            for (String other : given) {
                if (folded(other).equals(folded(name)) && !absent.contains(other)) {
                    todo.append(". ")
                            .append(quoted(other))
                            .append(" is there: rename it to ")
                            .append(quoted(name));
                }
            }
        }
        return new TataraException(
                BundleErrorCode.MISSING_COLUMN,
                Fault.of(what + listed(absent))
                        .expecting("also " + (absent.size() == 1 ? "that column" : "those columns") + " beside "
                                + (given.isEmpty() ? "none" : listed(given)))
                        .todo(todo.toString()));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    static String quoted(String name) {
        return "'" + (name.length() > 80 ? name.substring(0, 77) + "..." : name) + "'";
    }

    private static String listed(List<String> names) {
        String some = names.stream().limit(LISTED).map(Conformer::quoted).collect(Collectors.joining(", "));
        return names.size() > LISTED ? some + " and " + (names.size() - LISTED) + " more" : some;
    }

    static Column missing(Kind kind, int rows) {
        switch (kind) {
            case NUMBER -> {
                double[] values = new double[rows];
                Arrays.fill(values, Double.NaN);
                return new NumberColumn(values);
            }
            case TIME -> {
                long[] micros = new long[rows];
                Arrays.fill(micros, TimeColumn.MISSING);
                return new TimeColumn(micros);
            }
            default -> {
                int[] codes = new int[rows];
                Arrays.fill(codes, TextColumn.MISSING);
                return new TextColumn(codes, new String[0]);
            }
        }
    }
}
