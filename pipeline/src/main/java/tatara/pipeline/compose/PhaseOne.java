package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.Specialist;
import tatara.core.design.TableContract;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableShape;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.data.audit.PersonalDataFinder;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;
import tatara.data.profile.Suspects;
import tatara.data.schema.CellReading;
import tatara.data.schema.Shapes;
import tatara.data.source.Preparation;
import tatara.features.view.ViewSql;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.specialists.phase1.datascientist.DataScientist;

/** Phase 1: the data engineer and the data scientist, and what their designs do to the data. */
final class PhaseOne {
    private static final int SUSPECTS = 1;
    private static final int PERSONAL = 1;
    private static final int SHAPE = 1;
    private static final int PREPARE = 1;
    private static final int VIEW = 1;

    private final RunContext run;
    private final HandoffDesk desk;
    private final Spec spec;
    private final DataPhase.Found found;

    PhaseOne(RunContext run, HandoffDesk desk, Spec spec, DataPhase.Found found) {
        this.run = run;
        this.desk = desk;
        this.spec = spec;
        this.found = found;
    }

    DesignedData execute() {
        DataEvidence evidence = evidence();
        List<Read> reads = List.of(
                new Read("requirement", ContentKey.of(RecordCodec.write(spec))),
                new Read("evidence.data", Keys.of(evidence)));
        Handed<DataDesign> data = dataDesign(evidence, reads);
        DataGates.Judged judged = new DataGates(run, spec, found).judge(data, evidence);
        List<GateResult> gates = judged.gates();
        refuse(
                gates,
                "the data does not pass its gates",
                "Mend the data, or edit the limits in handoffs/1-data-engineer.yaml");
        Map<String, Prepared> prepared = prepare(data.design(), judged.aside());
        List<Read> scientistReads = new ArrayList<>(reads);
        scientistReads.add(new Read("phase1.data-engineer.output", data.key()));
        Handed<FeatureDesign> features =
                desk.handOff(Specialist.DATA_SCIENTIST, FeatureDesign.class, scientistReads, () -> new DataScientist()
                        .design(spec, evidence, data.design()));
        desk.check(spec, Optional.of(evidence), Optional.empty());
        Prepared table = joined(data.design(), features.design(), prepared);
        Map<String, TableRef> tables = new LinkedHashMap<>();
        prepared.forEach((name, each) -> tables.put(name, each.table()));
        return new DesignedData(evidence, data, features, table.table(), table.key(), tables, gates, found.bytes());
    }

    /** What phase 1 comes to before the data scientist: tables that were judged and typed; the rows of each that were set aside. */
    Map<String, BitSet> prepareOnly() {
        DataEvidence evidence = evidence();
        List<Read> reads = List.of(
                new Read("requirement", ContentKey.of(RecordCodec.write(spec))),
                new Read("evidence.data", Keys.of(evidence)));
        Handed<DataDesign> data = dataDesign(evidence, reads);
        DataGates.Judged judged = new DataGates(run, spec, found).judge(data, evidence);
        refuse(
                judged.gates(),
                "the data does not pass its gates",
                "Mend the data, or edit the limits in handoffs/1-data-engineer.yaml");
        prepare(data.design(), judged.aside());
        return judged.aside();
    }

    private Handed<DataDesign> dataDesign(DataEvidence evidence, List<Read> reads) {
        List<TableContract> known = new DataGates(run, spec, found).known(Keys.of(evidence));
        List<Read> all = new ArrayList<>(reads);
        if (!known.isEmpty()) {
            all.add(new Read("contracts", ContentKey.of(RecordCodec.write(known))));
        }
        Handed<DataDesign> data = desk.handOff(Specialist.DATA_ENGINEER, DataDesign.class, all, () -> new DataEngineer()
                .design(spec, evidence, known));
        desk.check(spec, Optional.of(evidence), Optional.empty());
        return data;
    }

    private TableShape shape(TableProfile profile) {
        List<CellReading> readings = CellReading.of(profile);
        StepSpec step = StepSpec.of(
                1,
                "shape:" + profile.name(),
                "find what rows of " + profile.name() + " have in common",
                SHAPE,
                found.table(profile.name()).rawKey(),
                ContentKey.of(RecordCodec.write(readings)));
        return run.execution()
                .step(step, scope -> {
                    TableShape shape = new Shapes(run.lake().get()).measure(profile.name(), profile.raw(), readings);
                    return Json.object()
                            .with("value", RecordCodec.write(shape))
                            .with("summary", shape.relations().size() + " relations");
                })
                .value(TableShape.class);
    }

    private DataEvidence evidence() {
        List<TableProfile> tables = new ArrayList<>();
        TableProfile main = found.table(spec.table()).profile();
        tables.add(main);
        found.profiles().stream()
                .filter(table -> !table.name().equals(spec.table()))
                .forEach(tables::add);
        StepSpec step = StepSpec.of(
                1,
                "suspects",
                "look for leaks and useless columns",
                SUSPECTS,
                found.table(spec.table()).rawKey(),
                Keys.question(spec));
        StepResult result = run.execution().step(step, scope -> {
            List<Suspect> suspects = new Suspects(run.lake().get()).find(main, spec);
            return Json.object()
                    .with("suspects", RecordCodec.write(suspects))
                    .with("summary", Sentences.suspects(suspects));
        });
        return new DataEvidence(
                tables,
                found.links(),
                result.value(FoundSuspects.class, "").suspects(),
                personal(tables),
                tables.stream().map(this::shape).toList());
    }

    private List<PersonalData> personal(List<TableProfile> tables) {
        List<PersonalData> all = new ArrayList<>();
        for (TableProfile table : tables) {
            StepSpec step = StepSpec.of(
                    1,
                    "personal:" + table.name(),
                    "look for personal data in " + table.name(),
                    PERSONAL,
                    found.table(table.name()).rawKey());
            StepResult result = run.execution().step(step, scope -> {
                List<PersonalData> personal = new PersonalDataFinder(run.lake().get()).find(table);
                return Json.object()
                        .with("personal", RecordCodec.write(personal))
                        .with("summary", Sentences.personal(personal));
            });
            all.addAll(result.value(FoundPersonal.class, "").personal());
        }
        return all;
    }

    /** The stored form of personal data. */
    record FoundPersonal(List<PersonalData> personal, String summary) {}

    /** The stored form of suspects. */
    record FoundSuspects(List<Suspect> suspects, String summary) {}

    /** The stored form of gate results. */
    record Judged(List<GateResult> gates, String summary) {}

    /** @throws TataraException naming every gate that failed and blocks */
    static void refuse(List<GateResult> gates, String what, String todo) {
        List<GateResult> blocking =
                gates.stream().filter(gate -> gate.blocks() && !gate.passed()).toList();
        if (!blocking.isEmpty()) {
            String lines = blocking.stream()
                    .map(gate -> gate.id() + ": " + gate.message())
                    .collect(Collectors.joining("\n  ", "\n  ", ""));
            throw new TataraException(
                    ExecuteErrorCode.GATE_FAILED, Fault.of(what + lines).todo(todo));
        }
    }

    /** A table and the key of its content. */
    record Prepared(TableRef table, String key) {}

    private Map<String, Prepared> prepare(DataDesign design, Map<String, BitSet> aside) {
        List<Callable<Map.Entry<String, Prepared>>> branches = new ArrayList<>();
        for (DataDesign.Table contract : design.tables()) {
            branches.add(() ->
                    Map.entry(contract.name(), prepare(contract, aside.getOrDefault(contract.name(), new BitSet()))));
        }
        Map<String, Prepared> prepared = new LinkedHashMap<>();
        run.execution().parallel(branches).forEach(entry -> prepared.put(entry.getKey(), entry.getValue()));
        return prepared;
    }

    private Prepared prepare(DataDesign.Table contract, BitSet aside) {
        DataPhase.Profiled source = found.table(contract.name());
        List<String> inputs = new ArrayList<>(List.of(source.rawKey(), Keys.parsing(contract)));
        if (!aside.isEmpty()) {
            inputs.add(ContentKey.of(aside.toString()));
        }
        StepSpec step =
                new StepSpec("prepare:" + contract.name(), 1, "clean and type " + contract.name(), PREPARE, inputs);
        StepResult result = run.execution().step(step, this::isThere, scope -> {
            TableRef table = new Preparation(run.lake().get())
                    .prepare(contract, source.profile().raw(), spec.name(), aside);
            return Json.object()
                    .with("value", RecordCodec.write(table))
                    .with("summary", String.format(java.util.Locale.ROOT, "%,d rows", table.rows()));
        });
        return new Prepared(result.value(TableRef.class), result.key());
    }

    private boolean isThere(StepResult stored) {
        return run.lake().get().holds(stored.value(TableRef.class));
    }

    private Prepared joined(DataDesign data, FeatureDesign features, Map<String, Prepared> prepared) {
        Prepared main = prepared.get(data.mainTable());
        if (main == null) {
            throw new IllegalArgumentException("mainTable: " + data.mainTable());
        }
        if (features.views().isEmpty()) {
            return main;
        }
        List<String> inputs = new ArrayList<>();
        prepared.values().forEach(table -> inputs.add(table.key()));
        inputs.add(ContentKey.of(RecordCodec.write(features.views())));
        inputs.add(Keys.times(data));
        StepResult result = run.execution()
                .step(new StepSpec("view", 1, "join features across tables", VIEW, inputs), this::isThere, scope -> {
                    String sql = ViewSql.select(
                            features, data, name -> run.lake().get().from(table(prepared, name)));
                    Lake lake = run.lake().get();
                    String origins = prepared.values().stream()
                            .map(table -> Lake.input(table.table()))
                            .collect(Collectors.joining(","));
                    TableRef view = lake.replace(
                            lake.engine(),
                            "features",
                            spec.name() + "." + data.mainTable(),
                            sql,
                            "",
                            Target.main(Map.of(Lake.INPUTS, origins)));
                    return Json.object()
                            .with("value", RecordCodec.write(view))
                            .with("summary", features.views().size() + " columns from linked tables");
                });
        return new Prepared(result.value(TableRef.class), result.key());
    }

    private static TableRef table(Map<String, Prepared> prepared, String name) {
        Prepared found = prepared.get(name);
        if (found == null) {
            throw new IllegalArgumentException("table: " + name);
        }
        return found.table();
    }
}
