package tatara.pipeline.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableShape;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.data.lake.Lake;
import tatara.data.quality.Gates;
import tatara.data.quality.history.BatchHistory;
import tatara.data.quality.history.BatchRecord;
import tatara.data.schema.CellReading;
import tatara.data.schema.RowTexts;
import tatara.data.schema.Validation;
import tatara.data.source.QuarantineFile;
import tatara.data.source.QuarantinedRow;
import tatara.data.source.RowPlaces;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.JsonLog;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepScope;
import tatara.pipeline.execute.StepSpec;
import tatara.pipeline.outcome.ContractEntry;
import tatara.pipeline.outcome.QualityEntry;

/**
 * The step that judges data: the gates of the design and the contracts of all tables. Rows that break a contract are written to the quarantine, results to
 * {@code quality.jsonl}, news about contracts to {@code contracts.jsonl}, whether the step ran or its result was there already.
 */
final class DataGates {
    private static final int REVISION = 2;

    private final RunContext run;
    private final Spec spec;
    private final DataPhase.Found found;
    private final ContractBook book;
    private final Map<String, ContractEntry> standing;
    private final JsonLog<QualityEntry> quality;

    DataGates(RunContext run, Spec spec, DataPhase.Found found) {
        this.run = run;
        this.spec = spec;
        this.found = found;
        this.book = new ContractBook(run.workspace(), spec.name());
        this.standing = book.standing();
        this.quality =
                new JsonLog<>(run.workspace().pipeline(spec.name()).resolve("quality.jsonl"), QualityEntry.class);
    }

    /** Contracts that hold already and were not inferred from this very evidence. */
    List<TableContract> known(String evidenceKey) {
        return standing.values().stream()
                .filter(entry -> !entry.made().equals(evidenceKey))
                .map(ContractEntry::contract)
                .toList();
    }

    /** Results, and the rows of each table that do not go on. */
    record Judged(List<GateResult> gates, Map<String, BitSet> aside) {}

    /** The stored form. */
    record Stored(List<GateResult> gates, List<OfTable> tables, String summary) {}

    /** What was found of a table; its rows set aside are in a file of the step. */
    record OfTable(String table, int measured, List<String> failed, long aside, List<AsideRule> rules) {}

    /** Rows that one rule sets aside, in a file of the step: positions, one a line. */
    record AsideRule(String id, String reason, String file) {}

    Judged judge(Handed<DataDesign> data, DataEvidence evidence) {
        Map<String, List<CellReading>> readings = readings(data, evidence);
        List<String> inputs = new ArrayList<>(List.of(data.key(), Keys.of(evidence)));
        inputs.add(ContentKey.of(RecordCodec.write(
                new Read("readings", ContentKey.of(readings.values().toString())))));
        for (DataPhase.Profiled table : found.tables()) {
            inputs.add(reference(table, evidence)
                    .map(shape -> ContentKey.of(RecordCodec.write(shape)))
                    .orElse(""));
            inputs.add(earlierRows(table).toString());
        }
        StepSpec step = new StepSpec("gates:data", 1, "data gates", REVISION, inputs);
        StepResult result = run.execution().step(step, scope -> measure(scope, data.design(), evidence, readings));
        Stored stored = result.value(Stored.class, "");
        Map<String, BitSet> aside = new LinkedHashMap<>();
        List<GateResult> gates = new ArrayList<>(stored.gates());
        stored.tables().forEach(table -> gates.addAll(unusual(table.table(), data.design())));
        boolean blocked = gates.stream().anyMatch(gate -> gate.blocks() && !gate.passed());
        for (OfTable table : stored.tables()) {
            aside.put(table.table(), quarantine(table, result.directory()));
            log(table, data.design(), blocked);
        }
        for (DataPhase.Profiled table : found.tables()) {
            data.design()
                    .contract(table.profile().name())
                    .ifPresent(contract -> book.record(
                            run.clock().instant().toString(),
                            new ContractBook.Finding(
                                    contract,
                                    readings.getOrDefault(contract.table(), List.of()),
                                    CellReading.of(table.profile()),
                                    evidence.shape(contract.table()).orElseThrow(),
                                    Keys.of(evidence),
                                    data.record().edited(),
                                    blocked)));
        }
        return new Judged(gates, aside);
    }

    /** A person's edit of the design says how cells are read; without one, what was recorded with the contract. */
    private Map<String, List<CellReading>> readings(Handed<DataDesign> data, DataEvidence evidence) {
        Map<String, List<CellReading>> readings = new LinkedHashMap<>();
        String key = Keys.of(evidence);
        for (DataDesign.Table table : data.design().tables()) {
            List<CellReading> own = CellReading.of(table);
            ContractEntry entry = standing.get(table.name());
            if (entry != null && !data.record().edited() && !entry.made().equals(key)) {
                List<CellReading> all = new ArrayList<>(entry.columns());
                own.stream()
                        .filter(reading ->
                                all.stream().noneMatch(one -> one.column().equals(reading.column())))
                        .forEach(all::add);
                own = List.copyOf(all);
            }
            readings.put(table.name(), own);
        }
        return readings;
    }

    private Optional<TableShape> reference(DataPhase.Profiled table, DataEvidence evidence) {
        String name = table.profile().name();
        ContractEntry entry = standing.get(name);
        if (entry == null || entry.made().equals(Keys.of(evidence))) {
            return Optional.empty();
        }
        return book.reference(name).filter(shape -> !evidence.shape(name).equals(Optional.of(shape)));
    }

    /** Row counts of earlier contents of a table, the newest hundred. */
    private List<Long> earlierRows(DataPhase.Profiled table) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (QualityEntry entry : quality.read()) {
            boolean other = entry.table().equals(table.profile().name())
                    && !entry.blocked()
                    && !entry.content().equals(table.rawKey());
            if (other) {
                counts.put(entry.content(), entry.rows());
            }
        }
        List<Long> rows = new ArrayList<>(counts.values());
        return rows.subList(Math.max(0, rows.size() - 100), rows.size());
    }

    private Json.Obj measure(
            StepScope scope, DataDesign design, DataEvidence evidence, Map<String, List<CellReading>> readings)
            throws IOException {
        List<GateResult> gates = new ArrayList<>(new Gates(run.lake().get()).evaluate(design, evidence.tables(), spec));
        ContractGates contracts = new ContractGates(run.lake().get());
        List<Validation.Subject> subjects = new ArrayList<>();
        for (DataPhase.Profiled table : found.tables()) {
            subjects.add(new Validation.Subject(
                    table.profile().name(),
                    table.profile().raw(),
                    readings.getOrDefault(table.profile().name(), List.of())));
        }
        List<OfTable> tables = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            DataPhase.Profiled table = found.tables().get(i);
            Optional<TableContract> contract = design.contract(subjects.get(i).name());
            if (contract.isEmpty()) {
                continue;
            }
            ContractGates.Batch batch = new ContractGates.Batch(
                    contract.get(),
                    subjects.get(i),
                    subjects,
                    Optional.of(table.source()),
                    reference(table, evidence),
                    earlierRows(table));
            ContractGates.Outcome outcome = contracts.check(batch);
            gates.addAll(outcome.results());
            BitSet all = new BitSet();
            List<AsideRule> rules = new ArrayList<>();
            for (Rule rule : outcome.aside()) {
                BitSet rows = contracts.rows(batch, rule);
                rows.andNot(all);
                all.or(rows);
                String file = "aside-" + i + "-" + rules.size() + ".txt";
                Files.write(
                        scope.directory().resolve(file),
                        rows.stream().mapToObj(Integer::toString).toList(),
                        StandardCharsets.UTF_8);
                rules.add(new AsideRule(rule.id(), ContractGates.demand(rule), file));
            }
            ContractGates.tooMany(
                            design,
                            contract.get().table(),
                            all.cardinality(),
                            table.profile().rows())
                    .ifPresent(gates::add);
            List<String> failed = outcome.results().stream()
                    .skip(1)
                    .filter(gate -> !gate.passed())
                    .map(GateResult::id)
                    .toList();
            tables.add(new OfTable(contract.get().table(), outcome.measured(), failed, all.cardinality(), rules));
        }
        return ((Json.Obj) RecordCodec.write(new Stored(gates, tables, Sentences.gates(gates))));
    }

    /** Writes the rows that a table's rules set aside; they are told by file, line, rule and cells. */
    private BitSet quarantine(OfTable table, Path directory) {
        DataPhase.Profiled source = found.table(table.table());
        QuarantineFile file = QuarantineFile.of(run.workspace().home(), spec.name(), table.table());
        BitSet all = new BitSet();
        Map<Integer, AsideRule> reasons = new HashMap<>();
        for (AsideRule rule : table.rules()) {
            for (int row : positions(directory.resolve(rule.file()))) {
                all.set(row);
                reasons.put(row, rule);
            }
        }
        if (all.isEmpty() && !Files.exists(file.path())) {
            return all;
        }
        TreeSet<Long> rows = all.stream().mapToObj(row -> (long) row).collect(Collectors.toCollection(TreeSet::new));
        Map<Long, RowPlaces.Place> places = RowPlaces.find(source.source(), rows);
        file.replaceRuled(
                sink -> new RowTexts(run.lake().get()).forEach(source.profile().raw(), all, (row, cells) -> {
                    AsideRule rule = reasons.get((int) row);
                    RowPlaces.Place place = places.getOrDefault(row, new RowPlaces.Place("", 0));
                    if (rule != null) {
                        sink.accept(new QuarantinedRow(
                                place.file(), place.line(), row, rule.id(), rule.reason(), cells, ""));
                    }
                }));
        return all;
    }

    private static List<Integer> positions(Path file) {
        try {
            return Files.readAllLines(file).stream().map(Integer::valueOf).toList();
        } catch (IOException e) {
            throw tatara.pipeline.execute.Failures.translate("reading " + file, e);
        }
    }

    /** What is unlike the batches of earlier runs; content that was seen before is judged as it was then. */
    private List<GateResult> unusual(String table, DataDesign design) {
        DataPhase.Profiled profiled = found.table(table);
        Lake lake = run.lake().get();
        BatchRecord batch = new BatchHistory(lake)
                .arrived(
                        spec.name() + "." + table,
                        profiled.rawKey(),
                        lake.from(profiled.profile().raw()),
                        lake.types(profiled.profile().raw()),
                        design.table(table).eventTime(),
                        run.clock().instant());
        if (batch.accepted()) {
            return List.of();
        }
        return batch.anomalies().stream()
                .map(anomaly -> new GateResult(
                        "history." + table + "." + anomaly.metric(),
                        false,
                        anomaly.value(),
                        anomaly.value() > anomaly.high() ? anomaly.high() : anomaly.low(),
                        anomaly.severe(),
                        "table " + table + ": " + anomaly.text() + ", from the batches before"
                                + (anomaly.severe()
                                        ? "; if this is right: tatara data quality " + spec.name() + " --accept "
                                                + table
                                        : "")))
                .toList();
    }

    private void log(OfTable table, DataDesign design, boolean blocked) {
        TableProfile profile = found.table(table.table()).profile();
        long unreadable = profile.source().quarantined();
        long rows = profile.rows();
        String newest = design.table(table.table())
                .eventTime()
                .flatMap(profile::find)
                .flatMap(column -> column.times())
                .map(times -> times.max())
                .map(Instant::toString)
                .orElse("");
        quality.append(new QualityEntry(
                run.clock().instant().toString(),
                table.table(),
                found.table(table.table()).rawKey(),
                rows,
                table.measured(),
                table.failed(),
                table.aside() + unreadable,
                rows + unreadable == 0 ? 0 : (double) (table.aside() + unreadable) / (rows + unreadable),
                newest,
                blocked));
    }
}
