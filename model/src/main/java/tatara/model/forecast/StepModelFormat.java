package tatara.model.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The binary form of shared models. */
final class StepModelFormat {
    private StepModelFormat() {}

    static void write(StepModel model, DataOutput out) throws IOException {
        LinearSteps linear = (LinearSteps) model;
        out.writeByte(0);
        out.writeInt(linear.means().length);
        writeFloats(linear.means(), out);
        out.writeInt(linear.coefficients().length);
        for (float[] step : linear.coefficients()) {
            writeFloats(step, out);
        }
        out.writeDouble(linear.limit());
    }

    static StepModel read(DataInput in) throws IOException {
        byte kind = in.readByte();
        if (kind != 0) {
            throw ForecastFormat.unreadable("shared model kind " + kind);
        }
        float[] means = readFloats(in, in.readInt());
        float[][] coefficients = new float[in.readInt()][];
        for (int step = 0; step < coefficients.length; step++) {
            coefficients[step] = readFloats(in, means.length + 1);
        }
        return new LinearSteps(means, coefficients, in.readDouble());
    }

    private static void writeFloats(float[] values, DataOutput out) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readFloats(DataInput in, int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
