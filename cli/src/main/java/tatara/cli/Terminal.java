package tatara.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import tatara.core.error.ErrorType;
import tatara.core.error.Fault;
import tatara.core.error.QuestionException;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.pipeline.execute.Failures;

/** The two streams of a command: documents on one, everything for people on the other. Thread-safe. */
final class Terminal {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;
    private boolean json;
    private boolean quiet;
    private boolean debug;

    Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    void configure(boolean asJson, boolean silent, boolean withTraces) {
        json = asJson;
        quiet = silent;
        debug = withTraces;
    }

    boolean isJson() {
        return json;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Whether standard error is watched by a person. */
    boolean isInteractive() {
        return interactive;
    }

    /** The command's document, if one was asked for. */
    void document(Json value) {
        if (json) {
            out.println(JsonText.writePretty(value));
            out.flush();
        }
    }

    /** A line of the answer: on standard output, or nowhere when a document was asked for. */
    void line(String text) {
        if (!json) {
            out.println(clean(text));
            out.flush();
        }
    }

    /** A line of progress. */
    synchronized void progress(String text) {
        if (!quiet) {
            err.println(clean(text));
            err.flush();
        }
    }

    /** Rewrites the last line of the screen; only for {@link #isInteractive}. */
    synchronized void status(String text) {
        if (!quiet && interactive) {
            err.print("\r\u001b[2K" + clean(text));
            err.flush();
        }
    }

    /** Wrong usage: the options could not be read, so the arguments themselves say whether a document is wanted. */
    int usage(CommandLine.ParameterException failure, String... arguments) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        json |= Arrays.asList(arguments).contains("--json");
        debug |= Arrays.asList(arguments).contains("--debug");
        return fail(new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of(String.valueOf(failure.getMessage())).todo("See '" + command + " --help'"),
                failure));
    }

    int fail(Throwable thrown) {
        TataraException failure = Failures.translate("the command", thrown);
        Fault fault = failure.fault();
        ErrorType type = failure.code().type();
        status("");
        if (failure instanceof QuestionException question) {
            err.println("question: " + clean(fault.what()));
            for (QuestionException.Answer answer : question.answers()) {
                err.println("  " + clean(answer.option()) + "    " + clean(answer.meaning()));
            }
        } else {
            err.println("error: " + clean(fault.what()));
        }
        print("where", fault.where());
        print("expected", fault.expected());
        print("what to do", fault.todo());
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        document(document(failure, fault, type));
        return type.exitCode();
    }

    private static Json document(TataraException failure, Fault fault, ErrorType type) {
        Json.Obj error = Json.object()
                .with("code", failure.code().name())
                .with("type", type.name().toLowerCase(java.util.Locale.ROOT))
                .with("what", fault.what())
                .with("where", fault.where())
                .with("expected", fault.expected())
                .with("todo", fault.todo());
        if (failure instanceof QuestionException question) {
            List<Json> answers = new ArrayList<>();
            for (QuestionException.Answer answer : question.answers()) {
                answers.add(Json.object().with("option", answer.option()).with("meaning", answer.meaning()));
            }
            error = error.with("options", new Json.Arr(answers));
        }
        return Json.object().with("error", error);
    }

    private void print(String label, String text) {
        if (!text.isEmpty()) {
            err.println("  " + label + ": " + clean(text));
        }
    }

    /** Control characters, which could drive the terminal, become visible; line breaks and tabs stay. */
    private static String clean(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
