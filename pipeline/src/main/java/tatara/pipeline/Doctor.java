package tatara.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import tatara.core.design.Specialist;
import tatara.core.error.TataraException;
import tatara.data.lake.Lake;
import tatara.pipeline.execute.Failures;
import tatara.pipeline.execute.Workspace;
import tatara.train.learner.NativeLibraries;

/** Looks whether everything that a run needs is there and works. Changes nothing but a temporary file in the home. */
public final class Doctor {
    private static final long LEAST_FREE_BYTES = 2L << 30;
    private static final long LEAST_HEAP_BYTES = 1L << 30;

    private final Workspace workspace;

    public Doctor(Workspace workspace) {
        this.workspace = workspace;
    }

    /** One thing that was looked at. */
    public record Finding(String part, boolean healthy, String detail, String todo) {}

    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(finding("home", "Choose another with --home DIR", this::home));
        findings.add(finding("SQL engine", "Is the temporary folder writable and executable?", this::engine));
        findings.add(finding(
                "native learners", "On Linux they need libgomp: apt-get install libgomp1", NativeLibraries::describe));
        Catalogue catalogue = new Catalogue(workspace);
        for (String name : catalogue.names()) {
            findings.add(finding("pipeline " + name, "Mend the document, or delete it to have it written anew", () -> {
                catalogue.spec(name);
                int documents = 0;
                for (Specialist specialist : Specialist.values()) {
                    documents += catalogue.decisions(name, specialist).isPresent() ? 1 : 0;
                }
                return documents + " of 7 hand-offs, all readable";
            }));
        }
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return new Finding(
                "java",
                version >= 17,
                Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors",
                "Install a JDK 17 or newer");
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        return new Finding(
                "memory",
                heap >= LEAST_HEAP_BYTES,
                String.format(Locale.ROOT, "%,d MiB of heap", heap >> 20),
                "Give at least 1 GiB: TATARA_OPTS=-Xmx2g");
    }

    private String home() throws IOException {
        workspace.create();
        Path home = workspace.home();
        long free = Files.getFileStore(home).getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            throw new IOException(String.format(Locale.ROOT, "only %,d MiB free in %s", free >> 20, home));
        }
        return String.format(Locale.ROOT, "%s, %,d GiB free", home, free >> 30);
    }

    private String engine() {
        try (Lake lake = Lake.open(workspace.home(), 1024, 1)) {
            return "DuckDB "
                    + lake.engine()
                            .first("SELECT version()", row -> row.getString(1))
                            .orElse("");
        }
    }

    private static Finding finding(String part, String todo, Callable<String> look) {
        try {
            return new Finding(part, true, look.call(), "");
        } catch (Exception | LinkageError e) {
            TataraException failure = Failures.translate("looking at " + part, e);
            return new Finding(part, false, failure.fault().toString(), todo);
        }
    }
}
