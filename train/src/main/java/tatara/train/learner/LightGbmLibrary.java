package tatara.train.learner;

import com.microsoft.ml.lightgbm.lightgbmlib;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Loads LightGBM's native library once per process, from a directory that no other process shares: the binding's own loader
 * unpacks to a fixed name, so that a second process overwrites code that the first one runs.
 */
final class LightGbmLibrary {
    private static final LightGbmLibrary LOADED = new LightGbmLibrary();

    private final @Nullable TataraException failure;

    private LightGbmLibrary() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        failure = load(system, processor);
    }

    private static @Nullable TataraException load(String system, String processor) {
        String folder = folder(system, processor);
        boolean windows = folder.startsWith("windows");
        String extension = windows ? ".dll" : folder.startsWith("osx") ? ".dylib" : ".so";
        try {
            Path directory = Files.createTempDirectory("tatara-lightgbm-");
            Path core = unpack(folder, "lib_lightgbm" + extension, directory);
            Path binding = unpack(folder, "lib_lightgbm_swig" + extension, directory);
            System.load(core.toString());
            System.load(binding.toString());
            remove(windows, core, binding, directory);
            return null;
        } catch (IOException | UnsatisfiedLinkError e) {
            return new TataraException(
                    TrainErrorCode.NATIVE_LIBRARY,
                    Fault.of("LightGBM's native library does not load: " + e.getMessage())
                            .at(system + " " + processor)
                            .expecting("a writable temporary directory, and libgomp (Linux) or libomp (macOS)")
                            .todo(
                                    "Install the OpenMP runtime, or take the lightgbm candidates out of 2-ml-engineer.yaml"),
                    e);
        }
    }

    /** Makes sure that the library is there. */
    static void load() {
        if (LOADED.failure != null) {
            throw LOADED.failure;
        }
    }

    /** Passes a native call's result; fails with the library's own message. */
    static void check(int result, String call) {
        if (result != 0) {
            throw new TataraException(
                    TrainErrorCode.NATIVE_CALL,
                    Fault.of("LightGBM: " + lightgbmlib.LGBM_GetLastError()).at(call));
        }
    }

    private static String folder(String system, String processor) {
        boolean arm = processor.startsWith("aarch64") || processor.startsWith("arm64");
        String architecture = arm ? "aarch64" : "x86_64";
        if (system.startsWith("windows")) {
            return "windows/" + architecture;
        }
        return (system.startsWith("mac") ? "osx/" : "linux/") + architecture;
    }

    private static Path unpack(String folder, String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream packed =
                lightgbmlib.class.getClassLoader().getResourceAsStream("lightgbm4j/" + folder + "/" + name)) {
            if (packed == null) {
                throw new IOException("no build for " + folder);
            }
            Files.copy(packed, file);
        }
        return file;
    }

    private static void remove(boolean windows, Path core, Path binding, Path directory) throws IOException {
        if (windows) {
            directory.toFile().deleteOnExit();
            core.toFile().deleteOnExit();
            binding.toFile().deleteOnExit();
            return;
        }
        Files.delete(core);
        Files.delete(binding);
        Files.delete(directory);
    }
}
