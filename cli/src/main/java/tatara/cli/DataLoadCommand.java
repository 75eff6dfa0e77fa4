package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;
import tatara.data.load.LoadRequest;
import tatara.data.load.LoadResult;
import tatara.data.load.Mode;
import tatara.data.quality.history.Anomaly;
import tatara.data.quality.history.BatchHistory;

/** {@code tatara data load}. */
@CommandLine.Command(
        name = "load",
        description = {
            "Brings what is new at a place into a table: once, whatever happens.",
            "What is not told is as in the table's last load, or chosen from the data."
        })
final class DataLoadCommand extends Command {
    private static final String USUAL_PIPELINE = "loads";

    @Parameters(index = "0", paramLabel = "LOCATION", description = "A file, a folder, or a URI.")
    String location = "";

    @Option(names = "--table", paramLabel = "NAME", required = true, description = "The table: NAME or PIPELINE.NAME.")
    String table = "";

    @Option(names = "--pipeline", paramLabel = "P", description = "Whose table (default: loads).")
    @Nullable
    String pipeline;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "replace (the source is all there is), append, or upsert (by key).")
    @Nullable
    Mode mode;

    @Option(names = "--key", paramLabel = "COLUMN", split = ",", description = "What tells rows apart.")
    List<String> key = new ArrayList<>();

    @Option(names = "--watermark", paramLabel = "COLUMN", description = "A time or number that grows with the rows.")
    @Nullable
    String watermark;

    @Option(
            names = "--lateness",
            paramLabel = "SPAN",
            description = "How far below the watermark a row may lie, such as 1d (default: any distance).")
    @Nullable
    String lateness;

    @Option(
            names = "--ahead",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How far ahead of the clock a row may be dated (default: 65m).")
    double ahead = LoadRequest.USUAL_AHEAD;

    @Option(
            names = "--deletes",
            paramLabel = "HOW",
            description =
                    "by-absence (keys that a full extract lacks go) or flag=COLUMN (true where a row is deleted).")
    @Nullable
    String deletes;

    @Option(names = "--branch", paramLabel = "B", description = "A branch of the table (default: main).")
    String branch = "main";

    @Option(names = "--from-start", description = "Reads everything anew; what is stored is not stored twice.")
    boolean fromStart;

    DataLoadCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        LoadRequest request = request();
        try (Wiring wiring = new Wiring(workspace())) {
            LoadResult result = wiring.intake(new Progress(terminal, System::nanoTime, 0))
                    .load(request, RequestOptions.location(location));
            terminal.status("");
            show(request, result);
            List<Anomaly> unusual = unusual(request, result, wiring);
            unusual.forEach(anomaly -> terminal.line("  unusual: " + anomaly.text()));
            terminal.document(document(request, result).with("unusual", RecordCodec.write(unusual)));
        }
        return 0;
    }

    private LoadRequest request() {
        boolean absence = "by-absence".equals(deletes);
        Optional<String> flag = Optional.ofNullable(deletes)
                .filter(how -> how.startsWith("flag=") && how.length() > "flag=".length())
                .map(how -> how.substring("flag=".length()));
        if (deletes != null && !absence && flag.isEmpty()) {
            throw wrong("--deletes " + deletes, "by-absence or flag=COLUMN");
        }
        if (pipeline != null && !pipeline.matches("[a-z0-9][a-z0-9-]*")) {
            throw wrong("--pipeline " + pipeline, "lower-case letters, digits and dashes");
        }
        boolean qualified = pipeline == null && table.matches("[a-z0-9][a-z0-9-]*\\..+");
        if (table.isBlank()) {
            throw wrong("--table without a name", "a name");
        }
        String name = qualified ? table : Optional.ofNullable(pipeline).orElse(USUAL_PIPELINE) + "." + table;
        return new LoadRequest(
                name,
                Optional.ofNullable(mode),
                key,
                Optional.ofNullable(watermark),
                Optional.ofNullable(lateness),
                ahead,
                flag,
                absence,
                branch,
                fromStart);
    }

    private static TataraException wrong(String what, String expected) {
        return new TataraException(
                CliErrorCode.WRONG_USAGE, Fault.of(what).expecting(expected).todo("See 'tatara data load --help'"));
    }

    /** What is unlike earlier loads in the rows that came new. */
    private static List<Anomaly> unusual(LoadRequest request, LoadResult result, Wiring wiring) {
        if (!result.changed() || result.inserted() == 0 || !request.branch().equals("main")) {
            return List.of();
        }
        Lake lake = wiring.lake().get();
        TableRef table = result.table().orElseThrow();
        return new BatchHistory(lake)
                .arrived(
                        table.name(),
                        Long.toString(table.snapshot()),
                        added(lake, table, result.mode()),
                        lake.types(table),
                        request.watermark(),
                        wiring.clock().instant())
                .anomalies();
    }

    private static String added(Lake lake, TableRef table, Mode mode) {
        List<Version> versions = lake.history().log(table.layer(), table.name(), "main");
        if (mode == Mode.REPLACE || versions.size() < 2) {
            return lake.from(table);
        }
        String row = Engine.quote(Lake.ROW);
        return "(SELECT * FROM " + lake.from(table) + " WHERE " + row + " > (SELECT coalesce(max(" + row
                + "), -1) FROM " + lake.from(versions.get(1).table()) + "))";
    }

    private void show(LoadRequest request, LoadResult result) {
        String mode = result.mode().name().toLowerCase(Locale.ROOT);
        terminal.line(request.table() + ": "
                + (result.changed()
                        ? String.format(
                                Locale.ROOT,
                                "%s: %,d new, %,d changed, %,d deleted; %,d rows now",
                                mode,
                                result.inserted(),
                                result.updated(),
                                result.deleted(),
                                result.table().map(TableRef::rows).orElse(0L))
                        : "nothing new, no new version"));
        count("%,d were there already", result.known());
        count("%,d are older than what their key holds", result.outdated());
        count("%,d set aside: later than the lateness allowed", result.late());
        count("%,d set aside until their time has come: they are dated ahead", result.ahead());
        count("%,d set aside: unreadable, or without key or watermark", result.refused());
        if (!result.setAside().isEmpty()) {
            terminal.line("  rows set aside, with reasons: " + result.setAside());
        }
        if (!result.watermark().isEmpty()) {
            terminal.line("  watermark " + result.watermark());
        }
        result.why().forEach(why -> terminal.line("  " + why));
        result.notes().forEach(note -> terminal.line("  note: " + note));
    }

    private void count(String text, long rows) {
        if (rows > 0) {
            terminal.line("  " + String.format(Locale.ROOT, text, rows));
        }
    }

    private static Json.Obj document(LoadRequest request, LoadResult result) {
        Json.Obj rows = Json.object()
                .with("inserted", result.inserted())
                .with("updated", result.updated())
                .with("deleted", result.deleted())
                .with("known", result.known())
                .with("outdated", result.outdated())
                .with("late", result.late())
                .with("ahead", result.ahead())
                .with("refused", result.refused());
        return Json.object()
                .with("table", request.table())
                .with("branch", request.branch())
                .with("mode", result.mode().name().toLowerCase(Locale.ROOT))
                .with("changed", new Json.Bool(result.changed()))
                .with(
                        "snapshot",
                        result.table()
                                .<Json>map(ref -> Json.string(Long.toString(ref.snapshot())))
                                .orElse(Json.NULL))
                .with("rows", result.table().map(TableRef::rows).orElse(0L))
                .with("filesRead", result.filesRead())
                .with("filesKnown", result.filesKnown())
                .with("counts", rows)
                .with("watermark", result.watermark())
                .with("setAside", result.setAside())
                .with("why", Json.strings(result.why()))
                .with("notes", Json.strings(result.notes()));
    }
}
