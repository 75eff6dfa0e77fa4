package tatara.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Opens a file in the user's browser. */
final class Browser {
    private Browser() {}

    static void open(Path file, Terminal terminal) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", file.toString())
                : system.contains("windows")
                        ? List.of("cmd", "/c", "start", "", file.toString())
                        : List.of("xdg-open", file.toString());
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            terminal.progress("no browser could be started; the report is " + file);
        }
    }
}
