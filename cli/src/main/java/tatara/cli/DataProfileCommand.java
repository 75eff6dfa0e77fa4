package tatara.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Lake;
import tatara.data.profile.FileProfiler;
import tatara.data.profile.FileProfiler.Profiled;
import tatara.data.profile.Profiler;
import tatara.data.profile.StructureProfiler;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;
import tatara.pipeline.Catalogue;
import tatara.web.report.ProfileReport;

/** {@code tatara data profile}. */
@CommandLine.Command(
        name = "profile",
        description = "What a table holds: types, distributions, missing values, keys, dependencies, outliers.",
        footer = {
            "",
            "Examples:",
            "  tatara data profile customers.csv",
            "  tatara data profile orders.parquet --to orders.html",
            "  tatara data profile orders.parquet --contract orders.yaml",
            "  tatara data profile NAME --table orders --json"
        })
final class DataProfileCommand extends Command {
    @Parameters(index = "0", paramLabel = "FILE|NAME", description = "A file, a folder, or a pipeline's name.")
    String source = "";

    @Option(names = "--table", paramLabel = "TABLE", description = "One table of several.")
    @Nullable
    String table;

    @Option(names = "--to", paramLabel = "FILE.html", description = "Write the profile as a page with charts.")
    @Nullable
    Path to;

    @Option(names = "--columns-only", description = "Leave out what columns have to do with each other.")
    boolean columnsOnly;

    @Option(
            names = "--contract",
            paramLabel = "FILE.yaml",
            description = "Also measure a file's rows against this contract; exit code 3 if they would be stopped.")
    @Nullable
    Path contract;

    DataProfileCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        List<Profiled> tables;
        Optional<ContractFile> measured = Optional.ofNullable(contract).map(ContractFile::read);
        if (measured.isPresent() && !isFile()) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("--contract is for files")
                            .at(source)
                            .todo("A pipeline has a contract of its own: tatara data check " + source
                                    + " --data FILE"));
        }
        try (Wiring wiring = new Wiring(workspace())) {
            Optional<Instant> asOf = Optional.of(wiring.clock().instant());
            tables = isFile() ? files(wiring, asOf, measured) : List.of(ofLake(wiring, asOf));
        }
        Json.Arr documents =
                new Json.Arr(tables.stream().map(DataProfileCommand::document).toList());
        Json.Obj document = Json.object().with("tables", documents);
        terminal.document(
                measured.map(file -> document.with("verdicts", file.document())).orElse(document));
        tables.forEach(each -> ProfileLines.of(each.profile(), each.structure()).forEach(terminal::line));
        measured.ifPresent(file -> file.lines().forEach(terminal::line));
        if (to != null) {
            List<ProfileReport.Table> pages = tables.stream()
                    .map(each -> new ProfileReport.Table(each.profile(), each.structure()))
                    .toList();
            Pages.write(to, new ProfileReport().render(source, pages));
            terminal.progress("page: " + to.toAbsolutePath().normalize());
        }
        return measured.isPresent() && measured.get().isBlocked() ? 3 : 0;
    }

    private static Json document(Profiled table) {
        Json.Obj document = Json.object().with("profile", RecordCodec.write(table.profile()));
        return table.structure()
                .map(structure -> document.with("structure", RecordCodec.write(structure)))
                .orElse(document);
    }

    /** A pipeline's name may also be a file's: what looks like a path, or lies there, is a file. */
    private boolean isFile() {
        try {
            return source.startsWith("file:")
                    || source.contains("/")
                    || source.contains(".")
                    || Files.exists(Path.of(source));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<Profiled> files(Wiring wiring, Optional<Instant> asOf, Optional<ContractFile> measured) {
        FileProfiler profiler = wiring.fileProfiler();
        List<SourceTable> sources = new Sources(workspace().cache()).discover(List.of(new DataArgument("", source)));
        List<SourceTable> chosen = table == null
                ? sources
                : sources.stream().filter(each -> each.name().equals(table)).toList();
        if (chosen.isEmpty()) {
            throw noTable(sources.stream().map(SourceTable::name).toList());
        }
        if (measured.isPresent() && chosen.size() > 1) {
            throw severalTables(chosen.stream().map(SourceTable::name).toList());
        }
        List<Profiled> tables = new ArrayList<>();
        FileProfiler.Also also = measured.map(FileProfiler.Also.class::cast).orElse(FileProfiler.NOTHING);
        for (SourceTable each : chosen) {
            terminal.status("profiling " + each.name() + " …");
            tables.add(columnsOnly ? profiler.columns(each, also) : profiler.profile(each, asOf, also));
        }
        terminal.status("");
        return tables;
    }

    private TataraException severalTables(List<String> names) {
        return new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of("a contract is of one table, there are " + names.size())
                        .at(source)
                        .expecting("--table with one of " + String.join(", ", names))
                        .todo("Name the table with --table"));
    }

    private TataraException noTable(List<String> names) {
        return new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of("there is no table named: " + table)
                        .at(source)
                        .expecting("one of " + String.join(", ", names))
                        .todo("Correct --table, or leave it out"));
    }

    private Profiled ofLake(Wiring wiring, Optional<Instant> asOf) {
        String chosen = table == null ? new Catalogue(workspace()).spec(source).table() : table;
        String name = source + "." + chosen;
        Lake lake = wiring.lake().get();
        TableRef raw = lake.current("raw", name)
                .orElseThrow(() ->
                        noTable(List.of(new Catalogue(workspace()).spec(source).table())));
        SourceAudit audit = new SourceAudit(
                chosen, "lake", List.of(), Map.of("table", "raw " + name), raw.rows(), 0, "", List.of());
        TableProfile profile = new Profiler(lake).profile(chosen, raw, audit);
        return new Profiled(
                profile,
                columnsOnly ? Optional.empty() : Optional.of(new StructureProfiler(lake).structure(profile, asOf)));
    }
}
