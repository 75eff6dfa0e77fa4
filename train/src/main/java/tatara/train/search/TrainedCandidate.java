package tatara.train.search;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.model.ensemble.Encoder;
import tatara.model.ensemble.EncoderFormat;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.Member;
import tatara.model.ensemble.Scorer;
import tatara.model.linear.LinearScorer;
import tatara.model.tree.TreeEnsemble;
import tatara.train.learner.TrainErrorCode;

/**
 * A candidate trained on every fold. Everything but {@code seconds} is the same for the same inputs and seed, and so are the bytes
 * that {@link #write} gives {@code candidate.bin}; seconds are stored beside them.
 *
 * @param id the candidate's id
 * @param learner its learner's name, such as {@code lightgbm}
 * @param folds models in fold order, repeats one after the other
 * @param outOfFold predictions of each training row by models that did not see it, [row][output], mean over repeats
 * @param value of the leading metric on them
 * @param rounds mean number of rounds over folds
 * @param difference greatest absolute difference between native and Java scorers on rows left out, relative to values above 1
 * @param seconds of wall-clock time
 */
public record TrainedCandidate(
        String id,
        String learner,
        List<FoldModel> folds,
        double[][] outOfFold,
        double value,
        double rounds,
        double difference,
        double seconds) {
    private static final String FILE = "candidate.bin";
    private static final String SECONDS_FILE = "seconds.txt";
    private static final int VERSION = 1;
    private static final int TREES = 0;
    private static final int LINEAR = 1;

    public TrainedCandidate {
        folds = List.copyOf(folds);
    }

    /** The candidate as a member of an ensemble. */
    public Member member(double weight) {
        return new Member(id, weight, folds);
    }

    /** Writes the candidate into an existing directory. */
    public void write(Path directory) {
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(directory.resolve(FILE)), 1 << 16))) {
            out.writeInt(VERSION);
            out.writeUTF(id);
            out.writeUTF(learner);
            out.writeDouble(value);
            out.writeDouble(rounds);
            out.writeDouble(difference);
            out.writeInt(outOfFold.length);
            out.writeInt(outOfFold.length == 0 ? 0 : outOfFold[0].length);
            for (double[] row : outOfFold) {
                for (double output : row) {
                    out.writeDouble(output);
                }
            }
            out.writeInt(folds.size());
            for (FoldModel fold : folds) {
                EncoderFormat.write(fold.encoder(), out);
                writeScorer(fold.scorer(), out);
            }
            Files.writeString(directory.resolve(SECONDS_FILE), Double.toString(seconds));
        } catch (IOException e) {
            throw new TataraException(
                    CoreErrorCode.NOT_WRITABLE,
                    Fault.of("candidate " + id + " can't be written: " + e.getMessage())
                            .at(directory.toString())
                            .expecting("a writable directory with space left"),
                    e);
        }
    }

    private static void writeScorer(Scorer scorer, DataOutputStream out) throws IOException {
        if (scorer instanceof TreeEnsemble trees) {
            out.writeByte(TREES);
            trees.write(out);
        } else if (scorer instanceof LinearScorer linear) {
            out.writeByte(LINEAR);
            linear.write(out);
        } else {
            throw new IllegalArgumentException("scorer: " + scorer.getClass().getName());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static TrainedCandidate read(Path directory) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(directory.resolve(FILE)), 1 << 16))) {
            if (in.readInt() != VERSION) {
                throw new IOException("unknown version");
            }
            String id = in.readUTF();
            String learner = in.readUTF();
            double value = in.readDouble();
            double rounds = in.readDouble();
            double difference = in.readDouble();
            double[][] outOfFold = new double[in.readInt()][];
            int outputs = in.readInt();
            for (int row = 0; row < outOfFold.length; row++) {
                outOfFold[row] = new double[outputs];
                for (int output = 0; output < outputs; output++) {
                    outOfFold[row][output] = in.readDouble();
                }
            }
            List<FoldModel> folds = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Encoder encoder = EncoderFormat.read(in);
                folds.add(new FoldModel(encoder, readScorer(in)));
            }
            double seconds = Double.parseDouble(Files.readString(directory.resolve(SECONDS_FILE)));
            return new TrainedCandidate(id, learner, folds, outOfFold, value, rounds, difference, seconds);
        } catch (IOException | IllegalArgumentException e) {
            throw new TataraException(
                    TrainErrorCode.DAMAGED_CANDIDATE,
                    Fault.of("a stored candidate can't be read: " + e.getMessage())
                            .at(directory.toString())
                            .todo("Delete the directory; the candidate is trained again"),
                    e);
        }
    }

    private static Scorer readScorer(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case TREES -> TreeEnsemble.read(in);
            case LINEAR -> LinearScorer.read(in);
            default -> throw new IOException("scorer kind " + kind);
        };
    }
}
