package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;
import tatara.data.layout.LayoutAdvice;
import tatara.data.layout.Rewriting;
import tatara.pipeline.execute.RunSettings;

/** {@code tatara data layout}. */
@CommandLine.Command(
        name = "layout",
        description =
                "Tries how tables could be sorted and divided so that the queries asked of them read less, and shows what each way does.")
final class DataLayoutCommand extends VersionedCommand {
    private static final long MEGABYTE = 1 << 20;

    @Option(names = "--apply", description = "Write the table anew in the best layout: a new version of the same rows.")
    boolean apply;

    @Option(
            names = "--partition-megabytes",
            paramLabel = "N",
            description = "Least mean size of a partition (default: 128).")
    long partitionMegabytes = 128;

    DataLayoutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        int threads = RunSettings.ofThisProcess("", 0, false).threads();
        LayoutAdvice.Advice advice = new LayoutAdvice(
                        lake, workspace().cache(), new LayoutAdvice.Settings(partitionMegabytes * MEGABYTE, threads))
                .advise(table);
        terminal.line(table.layer() + "/" + table.name() + ": " + advice.queries() + " queries remembered");
        line("now", advice.current());
        advice.tried().forEach(one -> line("tried", one));
        String said = advice.best().map(best -> "best: " + text(best.layout())).orElse("leave it as it is") + ": "
                + advice.why();
        terminal.line("  " + said);
        Optional<Rewriting.Rewritten> applied =
                apply ? advice.best().map(best -> new Rewriting(lake).apply(table, best.layout())) : Optional.empty();
        applied.ifPresent(
                done -> terminal.line("  done: version " + done.version().snapshot() + ", "
                        + done.after().files() + " files, "
                        + VersionDocuments.bytes(done.after().bytes())
                        + "; the rows are the same, cell by cell"));
        List<Json> tried = new ArrayList<>();
        advice.tried().forEach(one -> tried.add(RecordCodec.write(one)));
        return Result.of(VersionDocuments.table(
                        applied.map(Rewriting.Rewritten::version).orElse(table))
                .with("queries", (long) advice.queries())
                .with("current", RecordCodec.write(advice.current()))
                .with("tried", new Json.Arr(tried))
                .with("best", advice.best().<Json>map(RecordCodec::write).orElse(Json.NULL))
                .with("why", advice.why())
                .with("applied", new Json.Bool(applied.isPresent())));
    }

    private void line(String what, LayoutAdvice.Candidate one) {
        terminal.line(String.format(
                Locale.ROOT,
                "  %-5s %-40s %9s in %d files; a query reads %s, %.4f s",
                what,
                text(one.layout()),
                VersionDocuments.bytes(one.bytes()),
                one.files(),
                VersionDocuments.bytes(Math.round(one.bytesRead())),
                one.seconds()));
    }

    private static String text(Layout layout) {
        List<String> parts = new ArrayList<>();
        if (!layout.partitionBy().isEmpty()) {
            parts.add("divided by " + String.join(", ", layout.partitionBy()));
        }
        if (!layout.sortBy().isEmpty()) {
            parts.add("sorted by " + String.join(", ", layout.sortBy()));
        }
        return parts.isEmpty() ? "in order of arrival" : String.join(", ", parts);
    }
}
