package tatara.model.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Encoders as bytes: a number for the kind, then the components in order. */
public final class EncoderFormat {
    private static final int IDENTITY = 0;
    private static final int SUBSET = 1;
    private static final int CHAIN = 2;
    private static final int TARGET_MEAN = 3;
    private static final int ONE_HOT = 4;
    private static final int LINEAR = 5;
    private static final int SCALED = 0;
    private static final int LEVELS = 1;
    private static final int TERMS = 2;

    private EncoderFormat() {}

    /** @throws IllegalArgumentException if the encoder is none of this package */
    public static void write(Encoder encoder, DataOutput out) throws IOException {
        if (encoder instanceof IdentityEncoder identity) {
            out.writeByte(IDENTITY);
            out.writeInt(identity.width());
        } else if (encoder instanceof SubsetEncoder subset) {
            out.writeByte(SUBSET);
            writeInts(subset.features(), out);
        } else if (encoder instanceof ChainEncoder chain) {
            out.writeByte(CHAIN);
            write(chain.first(), out);
            write(chain.second(), out);
        } else if (encoder instanceof TargetMeanEncoder mean) {
            out.writeByte(TARGET_MEAN);
            out.writeInt(mean.features());
            writeInts(mean.chosen(), out);
            out.writeInt(mean.outputs());
            for (float[] table : mean.means()) {
                writeFloats(table, out);
            }
            writeFloats(mean.prior(), out);
        } else if (encoder instanceof OneHotEncoder oneHot) {
            out.writeByte(ONE_HOT);
            out.writeInt(oneHot.features());
            writeInts(oneHot.chosen(), out);
            writeInts(oneHot.levels(), out);
        } else if (encoder instanceof LinearEncoder linear) {
            out.writeByte(LINEAR);
            out.writeInt(linear.parts().size());
            for (LinearEncoder.Part part : linear.parts()) {
                writePart(part, out);
            }
        } else {
            throw new IllegalArgumentException(
                    "encoder: " + encoder.getClass().getName() + " (expected: one of tatara.model.ensemble)");
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Encoder read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case IDENTITY -> new IdentityEncoder(in.readInt());
            case SUBSET -> new SubsetEncoder(readInts(in));
            case CHAIN -> new ChainEncoder(read(in), read(in));
            case TARGET_MEAN -> readTargetMean(in);
            case ONE_HOT -> new OneHotEncoder(in.readInt(), readInts(in), readInts(in));
            case LINEAR -> readLinear(in);
            default -> throw new IOException("encoder kind " + kind);
        };
    }

    private static TargetMeanEncoder readTargetMean(DataInput in) throws IOException {
        int features = in.readInt();
        int[] chosen = readInts(in);
        int outputs = in.readInt();
        float[][] means = new float[chosen.length][];
        for (int i = 0; i < means.length; i++) {
            means[i] = readFloats(in);
        }
        return new TargetMeanEncoder(features, chosen, outputs, means, readFloats(in));
    }

    private static void writePart(LinearEncoder.Part part, DataOutput out) throws IOException {
        if (part instanceof LinearEncoder.Scaled scaled) {
            out.writeByte(SCALED);
            out.writeInt(scaled.feature());
            out.writeDouble(scaled.imputed());
            out.writeDouble(scaled.centre());
            out.writeDouble(scaled.scale());
            out.writeDouble(scaled.limit());
            out.writeBoolean(scaled.missingFlag());
        } else if (part instanceof LinearEncoder.Levels levels) {
            out.writeByte(LEVELS);
            out.writeInt(levels.feature());
            out.writeInt(levels.levels());
            out.writeBoolean(levels.missingFlag());
        } else if (part instanceof LinearEncoder.Terms terms) {
            out.writeByte(TERMS);
            out.writeInt(terms.feature());
            out.writeInt(terms.count());
        }
    }

    private static LinearEncoder readLinear(DataInput in) throws IOException {
        List<LinearEncoder.Part> parts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int kind = in.readByte();
            int feature = in.readInt();
            parts.add(
                    switch (kind) {
                        case SCALED ->
                            new LinearEncoder.Scaled(
                                    feature,
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readBoolean());
                        case LEVELS -> new LinearEncoder.Levels(feature, in.readInt(), in.readBoolean());
                        case TERMS -> new LinearEncoder.Terms(feature, in.readInt());
                        default -> throw new IOException("part kind " + kind);
                    });
        }
        return new LinearEncoder(parts);
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

    private static void writeFloats(float[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
