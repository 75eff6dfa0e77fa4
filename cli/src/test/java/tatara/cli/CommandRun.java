package tatara.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** One command, run in this process as a user would, with what it printed. */
record CommandRun(int exit, String out, String err) {
    static CommandRun of(Path home, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--home");
        all.add(home.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new CommandRun(exit, out.toString(), err.toString());
    }

    /** The document on standard output. */
    Json.Obj document() {
        return (Json.Obj) JsonText.read("stdout", out);
    }

    /** A member below the document, by dotted path. */
    Json at(String path) {
        Json value = document();
        for (String key : path.split("\\.")) {
            value = ((Json.Obj) value).members().get(key);
        }
        return value;
    }

    String text(String path) {
        return ((Json.Str) at(path)).value();
    }

    double number(String path) {
        return ((Json.Num) at(path)).asDouble();
    }
}
