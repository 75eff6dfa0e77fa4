package tatara.model.bundle;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.model.calibrate.Calibrator;
import tatara.model.ensemble.EncoderFormat;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.Member;
import tatara.model.ensemble.Scorer;
import tatara.model.forecast.ForecastModel;
import tatara.model.linear.LinearScorer;
import tatara.model.transform.FittedTransform;
import tatara.model.tree.TreeEnsemble;

/**
 * A bundle's directory: {@code model.json} (signature, members, calibrator, provenance, SHA-256 of itself and of every other
 * file), {@code transform.json} and {@code scorers.bin}, or {@code forecast.bin}, and {@code MLmodel} for MLflow's readers.
 */
final class BundleFiles {
    private static final int FORMAT = 1;
    private static final String MODEL = "model.json";
    private static final String TRANSFORM = "transform.json";
    private static final String SCORERS = "scorers.bin";
    private static final String FORECAST = "forecast.bin";
    private static final String MLMODEL = "MLmodel";
    private static final String CHECKSUM = "sha256";
    private static final int TREES = 0;
    private static final int LINEAR = 1;

    private BundleFiles() {}

    /** {@code model.json}. */
    private record Description(
            int format,
            Signature signature,
            int outputs,
            List<Share> members,
            List<Calibrator> calibrator,
            Map<String, String> provenance,
            Map<String, String> files) {}

    /** One member; its folds' encoders and scorers follow each other in {@code scorers.bin}. */
    private record Share(String id, double weight, int folds) {}

    /** Writes a file's content. */
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    static void write(ModelBundle bundle, Path directory) {
        try {
            Files.createDirectories(directory);
            Map<String, String> files = new LinkedHashMap<>();
            List<Share> members = new ArrayList<>();
            List<Calibrator> calibrators = new ArrayList<>();
            int outputs = 1;
            if (bundle.content() instanceof TabularContent tabular) {
                Ensemble ensemble = tabular.ensemble();
                outputs = ensemble.outputs();
                calibrators.add(ensemble.calibrator());
                for (Member member : ensemble.members()) {
                    members.add(new Share(
                            member.id(), member.weight(), member.folds().size()));
                }
                String transform = JsonText.write(tabular.transform().write());
                files.put(TRANSFORM, file(directory, TRANSFORM, out -> out.write(bytes(transform))));
                files.put(SCORERS, file(directory, SCORERS, out -> writeScorers(ensemble, out)));
            } else if (bundle.content() instanceof ForecastContent forecast) {
                files.put(FORECAST, file(directory, FORECAST, forecast.model()::write));
            }
            String mlmodel = MlmodelFile.text(bundle.signature(), files);
            files.put(MLMODEL, file(directory, MLMODEL, out -> out.write(bytes(mlmodel))));
            Json.Obj description = (Json.Obj) RecordCodec.write(new Description(
                    FORMAT, bundle.signature(), outputs, members, calibrators, bundle.provenance(), files));
            String text = JsonText.writePretty(description.with(CHECKSUM, checksum(description)));
            file(directory, MODEL, out -> out.write(bytes(text + "\n")));
        } catch (IOException e) {
            throw new TataraException(
                    BundleErrorCode.NOT_WRITABLE,
                    Fault.of("The model can't be written: " + e)
                            .at(directory.toString())
                            .todo("Free space or give write permission, then run again"),
                    e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(Json.Obj description) {
        return HexFormat.of().formatHex(sha256().digest(bytes(JsonText.write(description))));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes one file; gives its SHA-256. */
    private static String file(Path directory, String name, Body body) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream file = Files.newOutputStream(directory.resolve(name));
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(file, digest), 1 << 16))) {
            body.write(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void writeScorers(Ensemble ensemble, DataOutputStream out) throws IOException {
        for (Member member : ensemble.members()) {
            for (FoldModel fold : member.folds()) {
                EncoderFormat.write(fold.encoder(), out);
                if (fold.scorer() instanceof TreeEnsemble trees) {
                    out.writeByte(TREES);
                    trees.write(out);
                } else if (fold.scorer() instanceof LinearScorer linear) {
                    out.writeByte(LINEAR);
                    linear.write(out);
                } else {
                    throw new IllegalArgumentException(
                            "scorer: " + fold.scorer().getClass().getName() + " (expected: trees or linear)");
                }
            }
        }
    }

    static ModelBundle load(Path directory) {
        Path model = directory.resolve(MODEL);
        if (!Files.isRegularFile(model)) {
            throw new TataraException(
                    BundleErrorCode.NOT_A_BUNDLE,
                    Fault.of("There is no model here")
                            .at(directory.toString())
                            .expecting("a directory with " + MODEL)
                            .todo("Check the path, or train the model again"));
        }
        try {
            return load(directory, JsonText.read(model.toString(), Files.readString(model)));
        } catch (TataraException e) {
            throw e.code() instanceof BundleErrorCode
                    ? e
                    : corrupt(directory, MODEL, e.fault().what(), e);
        } catch (IOException | RuntimeException e) {
            throw corrupt(directory, MODEL, String.valueOf(e.getMessage()), e);
        }
    }

    private static ModelBundle load(Path directory, Json json) throws IOException {
        if (!(json instanceof Json.Obj object)) {
            throw corrupt(directory, MODEL, "it is no object", null);
        }
        if (object.find("format").orElse(Json.NULL) instanceof Json.Num format
                && format.value().longValue() > FORMAT) {
            throw new TataraException(
                    BundleErrorCode.NOT_A_BUNDLE,
                    Fault.of("The model has format " + format.value())
                            .at(directory.toString())
                            .expecting("format " + FORMAT + " or less")
                            .todo("Use the program that wrote it, or a newer one"));
        }
        Map<String, Json> rest = new LinkedHashMap<>(object.members());
        Json found = rest.remove(CHECKSUM);
        if (!new Json.Str(checksum(new Json.Obj(rest))).equals(found)) {
            throw corrupt(directory, MODEL, "its checksum does not match", null);
        }
        Description description = RecordCodec.read(Description.class, MODEL, new Json.Obj(rest));
        for (Map.Entry<String, String> file : description.files().entrySet()) {
            verify(directory, file.getKey(), file.getValue());
        }
        Content content = description.files().containsKey(FORECAST)
                ? new ForecastContent(readForecast(directory))
                : readTabular(directory, description);
        return new ModelBundle(description.signature(), content, description.provenance());
    }

    private static void verify(Path directory, String name, String expected) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw corrupt(directory, name, "the file is gone", null);
        }
        MessageDigest digest = sha256();
        try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, sink);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
            throw corrupt(directory, name, "its checksum does not match", null);
        }
    }

    private static ForecastModel readForecast(Path directory) throws IOException {
        try (DataInputStream in = input(directory, FORECAST)) {
            return ForecastModel.read(in);
        }
    }

    private static DataInputStream input(Path directory, String name) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(directory.resolve(name)), 1 << 16));
    }

    private static TabularContent readTabular(Path directory, Description description) throws IOException {
        String text = Files.readString(directory.resolve(TRANSFORM));
        FittedTransform transform =
                FittedTransform.read(new Document(TRANSFORM, JsonText.read(TRANSFORM, text), Map.of()));
        List<Member> members = new ArrayList<>();
        try (DataInputStream in = input(directory, SCORERS)) {
            for (Share share : description.members()) {
                List<FoldModel> folds = new ArrayList<>();
                for (int fold = 0; fold < share.folds(); fold++) {
                    folds.add(new FoldModel(EncoderFormat.read(in), readScorer(in)));
                }
                members.add(new Member(share.id(), share.weight(), folds));
            }
        }
        Ensemble ensemble = new Ensemble(members, description.calibrator().get(0), description.outputs());
        return new TabularContent(description.signature(), transform, ensemble);
    }

    private static Scorer readScorer(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case TREES -> TreeEnsemble.read(in);
            case LINEAR -> LinearScorer.read(in);
            default -> throw new IOException("scorer kind " + kind);
        };
    }

    private static TataraException corrupt(
            Path directory, String file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TataraException(
                BundleErrorCode.CORRUPT_BUNDLE,
                Fault.of("The stored model is damaged: " + why)
                        .at(directory.resolve(file).toString())
                        .todo("Restore the directory from a copy, or train the model again"),
                cause);
    }
}
