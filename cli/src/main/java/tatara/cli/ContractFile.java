package tatara.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableProfile;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.json.YamlText;
import tatara.data.lake.Lake;
import tatara.data.profile.FileProfiler;
import tatara.data.schema.CellReading;
import tatara.data.schema.Validation;
import tatara.data.schema.Verdict;
import tatara.data.source.InPlace;

/** A contract in a file of its own, and the verdicts on the rows that are profiled. For one table; not thread-safe. */
final class ContractFile implements FileProfiler.Also {
    private final TableContract contract;
    private List<Verdict> verdicts = List.of();

    private ContractFile(TableContract contract) {
        this.contract = contract;
    }

    /** Reads YAML with the parts of a {@link TableContract}. */
    static ContractFile read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return new ContractFile(RecordCodec.read(TableContract.class, YamlText.read(file.toString(), text)));
        } catch (IOException e) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("the contract cannot be read")
                            .at(file.toString())
                            .expecting("a YAML file in UTF-8: table, version, rules")
                            .todo("Correct --contract"),
                    e);
        }
    }

    @Override
    public void inPlace(InPlace rows, TableProfile profile) {
        verdicts = Validation.check(contract, rows, profile);
    }

    @Override
    public void inLake(Lake lake, TableProfile profile) {
        Validation.Subject subject = new Validation.Subject(contract.table(), profile.raw(), CellReading.of(profile));
        verdicts = new Validation(lake).check(contract, subject, List.of());
    }

    boolean isBlocked() {
        return verdicts.stream().anyMatch(verdict -> !verdict.passed() && isBlocking(verdict));
    }

    private static boolean isBlocking(Verdict verdict) {
        return verdict.rule().severity() == Severity.BLOCK;
    }

    Json document() {
        List<Json> items = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            items.add(Json.object()
                    .with("rule", verdict.rule().id())
                    .with("severity", verdict.rule().severity().name().toLowerCase(Locale.ROOT))
                    .with("passed", new Json.Bool(verdict.passed()))
                    .with("broken", verdict.broken())
                    .with("share", verdict.share())
                    .with("tolerance", verdict.rule().tolerance())
                    .with("problem", verdict.problem())
                    .with("examples", RecordCodec.write(verdict.examples())));
        }
        return new Json.Arr(items);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            String sign = verdict.passed() ? "kept    " : isBlocking(verdict) ? "BLOCKS  " : "failed  ";
            String found = verdict.problem().isEmpty() ? verdict.broken() + " rows break it" : verdict.problem();
            lines.add(sign + verdict.rule().id() + "  " + found);
        }
        return lines;
    }
}
