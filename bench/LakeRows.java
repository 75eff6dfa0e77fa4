import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/** Prints a raw table: a line with its types, then every row as an array of texts; floating point as its bits. */
class LakeRows {
    public static void main(String[] arguments) {
        try (Lake lake = Lake.open(Path.of(arguments[0]), 1_000, 2)) {
            TableRef ref = lake.current("raw", arguments[1]).orElseThrow();
            List<TableColumn> columns = lake.types(ref);
            Json.Obj types = Json.object();
            for (TableColumn column : columns) {
                types = types.with(column.name(), column.type().name());
            }
            StringBuilder out = new StringBuilder(JsonText.write(types)).append('\n');
            String select = columns.stream().map(LakeRows::cell).collect(Collectors.joining(", "));
            lake.engine().query("SELECT " + select + " FROM " + lake.from(ref), row -> {
                List<Json> cells = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    String text = row.getString(i);
                    boolean bits = text != null && columns.get(i - 1).type() == TableColumn.Type.DOUBLE;
                    cells.add(text == null ? Json.NULL : Json.string(bits ? bits(text) : text));
                }
                out.append(JsonText.write(new Json.Arr(cells))).append('\n');
                return true;
            });
            System.out.print(out);
        }
    }

    private static String cell(TableColumn column) {
        String name = Engine.quote(column.name());
        return switch (column.type()) {
            case TIMESTAMP -> "strftime(" + name + ", '%Y-%m-%d %H:%M:%S.%f')";
            default -> "CAST(" + name + " AS VARCHAR)";
        };
    }

    private static String bits(String text) {
        String java = text.equals("nan") ? "NaN" : text.equals("inf") ? "Infinity" : text.equals("-inf") ? "-Infinity" : text;
        return String.format("%016x", Double.doubleToLongBits(Double.parseDouble(java)));
    }
}
