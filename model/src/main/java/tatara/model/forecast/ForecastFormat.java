package tatara.model.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.model.tree.TreeEnsemble;

/** The binary form of a forecasting model: big-endian, arrays preceded by their length, strings as UTF-8 bytes. */
final class ForecastFormat {
    private static final int MAGIC = 0x54_46_43_31;

    private ForecastFormat() {}

    static void write(ForecastModel model, DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        writeLayout(model.layout(), out);
        out.writeInt(model.models().size());
        for (BoostedSteps shared : model.models()) {
            shared.trees().write(out);
            out.writeDouble(shared.limit());
        }
        out.writeInt(model.series().size());
        for (SeriesState state : model.series()) {
            writeState(state, out);
        }
    }

    static ForecastModel read(DataInput in) throws IOException {
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw unreadable("it begins with " + Integer.toHexString(magic));
        }
        ForecastModel.Layout layout = readLayout(in);
        List<BoostedSteps> models = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            models.add(new BoostedSteps(TreeEnsemble.read(in), in.readDouble()));
        }
        List<SeriesState> series = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            series.add(readState(in));
        }
        return new ForecastModel(layout, models, series);
    }

    static TataraException unreadable(String what) {
        return new TataraException(
                ForecastErrorCode.UNREADABLE_MODEL,
                Fault.of("The stored forecasting model can't be read: " + what)
                        .expecting("a model written by this version")
                        .todo("Train it again"));
    }

    private static void writeLayout(ForecastModel.Layout layout, DataOutput out) throws IOException {
        writeOptional(layout.seriesColumn(), out);
        writeOptional(layout.positionColumn(), out);
        out.writeBoolean(layout.grid().timed());
        out.writeInt(layout.grid().months());
        out.writeLong(layout.grid().micros());
        out.writeInt(layout.known().size());
        for (KnownInput input : layout.known()) {
            writeText(input.column(), out);
            out.writeInt(input.levels().size());
            for (String level : input.levels()) {
                writeText(level, out);
            }
            out.writeDouble(input.fill());
            out.writeDouble(input.centre());
            out.writeDouble(input.scale());
        }
        WindowFeatures features = layout.features();
        out.writeInt(features.horizon());
        writeInts(features.periods(), out);
        out.writeBoolean(features.calendar());
        out.writeInt(features.known());
        writeDoubles(layout.widths(), out);
    }

    private static ForecastModel.Layout readLayout(DataInput in) throws IOException {
        Optional<String> seriesColumn = readOptional(in);
        Optional<String> positionColumn = readOptional(in);
        TimeGrid grid = new TimeGrid(in.readBoolean(), in.readInt(), in.readLong());
        List<KnownInput> known = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String column = readText(in);
            List<String> levels = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                levels.add(readText(in));
            }
            known.add(new KnownInput(column, levels, in.readDouble(), in.readDouble(), in.readDouble()));
        }
        WindowFeatures features = new WindowFeatures(in.readInt(), readInts(in), in.readBoolean(), in.readInt());
        return new ForecastModel.Layout(seriesColumn, positionColumn, grid, known, features, readDoubles(in));
    }

    private static void writeState(SeriesState state, DataOutput out) throws IOException {
        writeText(state.name(), out);
        out.writeLong(state.end());
        writeDoubles(state.tail(), out);
        writeTable(state.knownTail(), out);
        out.writeInt(state.components().size());
        for (Component component : state.components()) {
            writeComponent(component, out);
        }
        writeDoubles(state.weights(), out);
        out.writeDouble(state.spread());
        out.writeBoolean(state.nonNegative());
    }

    private static SeriesState readState(DataInput in) throws IOException {
        String name = readText(in);
        long end = in.readLong();
        double[] tail = readDoubles(in);
        double[][] knownTail = readTable(in);
        List<Component> components = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            components.add(readComponent(in));
        }
        return new SeriesState(
                name, end, tail, knownTail, components, readDoubles(in), in.readDouble(), in.readBoolean());
    }

    private static void writeComponent(Component component, DataOutput out) throws IOException {
        if (component instanceof Structural structural) {
            out.writeByte(0);
            out.writeUTF(structural.form().name());
            out.writeDouble(structural.level());
            out.writeDouble(structural.slope());
            out.writeDouble(structural.damping());
            writeTable(structural.seasons(), out);
            out.writeDouble(structural.remainder());
            out.writeDouble(structural.carry());
        } else if (component instanceof Autoregression regression) {
            out.writeByte(1);
            writeRegression(regression, out);
        } else {
            out.writeByte(2);
            out.writeInt(((Pooled) component).model());
        }
    }

    private static Component readComponent(DataInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 0 ->
                new Structural(
                        Structural.Form.valueOf(in.readUTF()),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        readTable(in),
                        in.readDouble(),
                        in.readDouble());
            case 1 -> readRegression(in);
            case 2 -> new Pooled(in.readInt());
            default -> throw unreadable("component kind " + kind);
        };
    }

    private static void writeRegression(Autoregression regression, DataOutput out) throws IOException {
        Autoregression.Terms terms = regression.terms();
        out.writeBoolean(terms.trend());
        writeInts(terms.periods(), out);
        writeInts(terms.harmonics(), out);
        writeInts(terms.lags(), out);
        out.writeInt(terms.known());
        out.writeBoolean(regression.logarithm());
        out.writeDouble(regression.centre());
        out.writeDouble(regression.scale());
        out.writeInt(regression.length());
        writeDoubles(regression.coefficients(), out);
        out.writeDouble(regression.low());
        out.writeDouble(regression.high());
    }

    private static Autoregression readRegression(DataInput in) throws IOException {
        Autoregression.Terms terms =
                new Autoregression.Terms(in.readBoolean(), readInts(in), readInts(in), readInts(in), in.readInt());
        return new Autoregression(
                terms,
                in.readBoolean(),
                in.readDouble(),
                in.readDouble(),
                in.readInt(),
                readDoubles(in),
                in.readDouble(),
                in.readDouble());
    }

    private static void writeOptional(Optional<String> text, DataOutput out) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            writeText(text.get(), out);
        }
    }

    private static Optional<String> readOptional(DataInput in) throws IOException {
        return in.readBoolean() ? Optional.of(readText(in)) : Optional.empty();
    }

    private static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void writeTable(double[][] table, DataOutput out) throws IOException {
        out.writeInt(table.length);
        for (double[] row : table) {
            writeDoubles(row, out);
        }
    }

    private static double[][] readTable(DataInput in) throws IOException {
        double[][] table = new double[in.readInt()][];
        for (int i = 0; i < table.length; i++) {
            table[i] = readDoubles(in);
        }
        return table;
    }

    private static void writeDoubles(double[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static void writeInts(int[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }
}
