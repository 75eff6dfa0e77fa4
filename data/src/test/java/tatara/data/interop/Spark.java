package tatara.data.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Real Spark in a process of its own, on the lake of a home. */
final class Spark {
    private final Path jars;
    private final Path home;
    private final Path folder;

    Spark(Path home, Path folder) throws IOException, InterruptedException {
        this.jars = Peer.jars("spark-4.1.0", "spark-pom.xml");
        this.home = home;
        this.folder = folder;
    }

    /** Runs lines as the test resource {@code SparkPeer.java.txt} describes them; what it says of each. */
    List<String> run(List<String> lines) throws IOException, InterruptedException {
        Path script = Peer.resource("SparkPeer.java.txt", folder.resolve("SparkPeer.java"));
        Path commands = Files.write(folder.resolve("commands.sql"), lines);
        Peer.Output output = Peer.run(
                folder,
                Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
                "-cp",
                jars + "/*",
                script.toString(),
                home.resolve("lake").toString(),
                commands.toString());
        if (output.exit() != 0) {
            String err = output.err();
            throw new IOException(output.out() + err.substring(0, Math.min(6_000, err.length())));
        }
        return output.out().lines().toList();
    }
}
