package tatara.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** The real libraries that contracts are exported to, at pinned versions; installing them needs the network. */
final class ContractPeers {
    private static final String NAME = "contract-exports-1";
    private static final List<String> LIBRARIES = List.of(
            "great-expectations==1.24.1", "pandera==0.35.0", "pydantic==2.14.4", "pandas==3.1.1", "jsonschema==4.26.0");

    private final Path python;

    ContractPeers() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("user.home"), ".cache", "tatara", "peers", NAME);
        python = home.resolve("bin/python");
        Path done = home.resolve(".installed");
        if (!Files.exists(done)) {
            Files.createDirectories(home);
            Path log = home.resolve("install.log");
            output(log, 0, "python3", "-m", "venv", home.toString());
            List<String> install = new java.util.ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "-q"));
            install.addAll(LIBRARIES);
            output(log, 0, install.toArray(String[]::new));
            Files.writeString(done, String.join("\n", LIBRARIES));
        }
    }

    /** Rows that break each rule, as a script prints them. */
    Map<String, Set<Long>> run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(python.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.jsonl");
        output(out, 3, command.toArray(String[]::new));
        Map<String, Set<Long>> broken = new TreeMap<>();
        for (String line : Files.readAllLines(out)) {
            Json.Obj document = (Json.Obj) JsonText.read("verdict", line);
            if (document.find("row").isPresent()) {
                long row = ((Json.Num) document.find("row").get()).value().longValue();
                for (Json rule : ((Json.Arr) document.find("broken").orElseThrow()).items()) {
                    broken.computeIfAbsent(((Json.Str) rule).value(), absent -> new TreeSet<>())
                            .add(row);
                }
            }
        }
        return broken;
    }

    private static void output(Path out, int otherExit, String... command) throws IOException, InterruptedException {
        Path err = out.resolveSibling("err.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("too slow: " + List.of(command));
        }
        if (process.exitValue() != 0 && process.exitValue() != otherExit) {
            throw new IOException(List.of(command) + " ended with " + process.exitValue() + ": "
                    + Files.readString(err, StandardCharsets.UTF_8));
        }
    }
}
