package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tatara.core.evidence.TableRef;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

/**
 * Makes a table anew from some of its rows, with its branches, tags and starts of merges, so that no file, no bound in its metadata and no
 * older version is left of what it was. In two steps, the second of which may be done again after a crash: {@link #stage} writes the
 * rows that stay beside the table, {@link #rebuild} replaces the table by them. Versions without a name are dropped; rows
 * keep their {@code _row}.
 */
public final class Rebuilding {
    private static final String PLAN = "plan.json";

    private final Lake lake;
    private final Path directory;
    private final SnapshotStore snapshots;

    Rebuilding(Lake lake, Path directory, SnapshotStore snapshots) {
        this.lake = lake;
        this.directory = directory;
        this.snapshots = snapshots;
    }

    /**
     * A version that stays.
     *
     * @param line branch it was made on
     * @param fork snapshot at which the branch began, if this is the first version of a branch
     * @param staged whether it has a file; not if it is just where a branch begins
     */
    record Kept(
            long snapshot,
            String line,
            Optional<Long> fork,
            boolean staged,
            String step,
            List<String> tags,
            Map<String, String> properties) {}

    /** Where a merge of two branches starts. */
    record Base(String from, String into, long snapshot) {}

    /** What a table is made anew from. */
    record Plan(String layer, String name, List<Kept> kept, List<Base> bases, Layout layout) {}

    /**
     * How many rows go.
     *
     * @param versions named versions that are made anew
     * @param rows rows that go from the newest version of main
     * @param dropped versions that go with all they hold
     */
    public record Staged(int versions, long rows, int dropped) {}

    /**
     * Writes the rows that stay.
     *
     * @param gone SQL condition of the rows that go, for a version
     * @param staging an empty directory below the home, of this table alone
     */
    public Staged stage(TableRef table, Function<TableRef, String> gone, Path staging) {
        Plan plan = plan(table);
        try {
            Files.createDirectories(staging);
            long rows = 0;
            for (Kept kept : plan.kept()) {
                TableRef version = new TableRef(table.layer(), table.name(), kept.snapshot(), 0);
                String condition = "COALESCE(" + gone.apply(version) + ", false)";
                if (kept.staged()) {
                    lake.engine()
                            .execute("COPY (SELECT * FROM " + lake.from(version) + " WHERE NOT " + condition + ") TO "
                                    + Engine.literal(file(staging, kept).toString())
                                    + " (FORMAT parquet, COMPRESSION zstd)");
                }
                if (kept.snapshot() == table.snapshot()) {
                    rows = lake.engine()
                            .first(
                                    "SELECT count(*) FROM " + lake.from(version) + " WHERE " + condition,
                                    row -> row.getLong(1))
                            .orElse(0L);
                }
            }
            AtomicFile.write(staging.resolve(PLAN), JsonText.write(RecordCodec.write(plan)));
            Set<Long> all = new HashSet<>();
            plan.kept().forEach(kept -> all.add(kept.snapshot()));
            int versions = lake.history().all(table.layer(), table.name()).size();
            return new Staged(all.size(), rows, versions - all.size());
        } catch (IOException e) {
            throw StorageFailure.of(e, staging);
        }
    }

    private static Path file(Path staging, Kept kept) {
        return staging.resolve(kept.snapshot() + ".parquet");
    }

    private Plan plan(TableRef table) {
        History history = lake.history();
        List<Ref> refs = history.refs(table.layer(), table.name());
        List<Ref> branches =
                refs.stream().filter(ref -> ref.kind() == Ref.Kind.BRANCH).toList();
        List<Base> bases = new ArrayList<>();
        for (Ref from : branches) {
            for (Ref into : branches) {
                if (!from.name().equals(into.name())) {
                    history.base(table.layer(), table.name(), from.name(), into.name())
                            .ifPresent(base -> bases.add(new Base(from.name(), into.name(), base.snapshot())));
                }
            }
        }
        Set<Long> needed = new HashSet<>();
        refs.forEach(ref -> {
            needed.add(ref.snapshot());
            ref.fork().ifPresent(needed::add);
        });
        bases.forEach(base -> needed.add(base.snapshot()));
        List<Version> all = history.all(table.layer(), table.name());
        List<Kept> kept = kept(table, all, branches, refs, needed);
        return new Plan(table.layer(), table.name(), kept, bases, history.layout(table.layer(), table.name()));
    }

    private List<Kept> kept(TableRef table, List<Version> all, List<Ref> branches, List<Ref> refs, Set<Long> needed) {
        Map<String, List<Version>> lines = new LinkedHashMap<>();
        Set<Long> placed = new HashSet<>();
        lines.put(Target.MAIN, new ArrayList<>());
        List<Ref> inOrder = new ArrayList<>(branches);
        inOrder.sort((one, two) -> Long.compare(began(all, one), began(all, two)));
        for (Ref branch : inOrder) {
            List<Version> line = new ArrayList<>();
            for (Version version : lake.history().log(table.layer(), table.name(), branch.name())) {
                if (needed.contains(version.table().snapshot())
                        && placed.add(version.table().snapshot())) {
                    line.add(0, version);
                }
            }
            lines.put(branch.name(), line);
        }
        List<Version> loose = all.stream()
                .filter(version -> needed.contains(version.table().snapshot())
                        && !placed.contains(version.table().snapshot()))
                .sorted((one, two) -> one.at().compareTo(two.at()))
                .toList();
        lines.computeIfPresent(Target.MAIN, (name, line) -> {
            List<Version> joined = new ArrayList<>(loose);
            joined.addAll(line);
            return joined;
        });
        List<Kept> kept = new ArrayList<>();
        lines.forEach((name, line) -> {
            Optional<Ref> branch =
                    branches.stream().filter(ref -> ref.name().equals(name)).findFirst();
            Optional<Long> fork = name.equals(Target.MAIN)
                    ? Optional.empty()
                    : branch.map(ref -> ref.fork().orElse(ref.snapshot()));
            fork.ifPresent(at -> kept.add(new Kept(at, name, fork, false, "", List.of(), Map.of())));
            line.forEach(version -> kept.add(kept(version, name, refs)));
        });
        return kept;
    }

    /** Main first, then the branches in the order in which they were made. */
    private static long began(List<Version> all, Ref branch) {
        if (branch.name().equals(Target.MAIN)) {
            return Long.MIN_VALUE;
        }
        OptionalLong fork = branch.fork();
        return all.stream()
                .filter(version -> fork.isPresent() && version.table().snapshot() == fork.getAsLong())
                .mapToLong(version -> version.at().toEpochMilli())
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static Kept kept(Version version, String line, List<Ref> refs) {
        long snapshot = version.table().snapshot();
        Map<String, String> properties = new HashMap<>(version.properties());
        String step = Optional.ofNullable(properties.remove("step")).orElse("");
        TableChange.RESERVED.forEach(name -> properties.remove(name.substring(TableChange.PREFIX.length())));
        List<String> tags = refs.stream()
                .filter(ref -> ref.kind() == Ref.Kind.TAG && ref.snapshot() == snapshot)
                .map(Ref::name)
                .toList();
        return new Kept(snapshot, line, Optional.empty(), true, step, tags, properties);
    }

    /**
     * Replaces a table by what was staged; may be done again.
     *
     * @param anew from versions, as {@link Lake#input} names them, to those that took their place; gets this table's
     */
    public void rebuild(Path staging, Map<String, String> anew) {
        Path file = staging.resolve(PLAN);
        try {
            String name = file.toString();
            Plan plan = RecordCodec.read(Plan.class, name, JsonText.read(name, Files.readString(file)));
            LakeTable place = LakeTable.of(directory, plan.layer(), plan.name());
            TableLock.holding(place, () -> {
                snapshots.drop(place);
                rebuild(plan, staging, anew);
                return true;
            });
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private void rebuild(Plan plan, Path staging, Map<String, String> names) {
        History history = lake.history();
        Map<Long, Long> anew = new HashMap<>();
        for (Kept kept : plan.kept()) {
            if (!kept.staged()) {
                history.branch(
                        plan.layer(), plan.name(), kept.line(), Long.toString(anew.getOrDefault(kept.snapshot(), -1L)));
                continue;
            }
            Target target = Target.branch(kept.line(), renamed(kept.properties(), names));
            String rows = "SELECT * FROM read_parquet("
                    + Engine.literal(file(staging, kept).toString()) + ")";
            TableRef written = lake.replace(
                    lake.engine(),
                    plan.layer(),
                    plan.name(),
                    rows,
                    kept.step(),
                    plan.layout().equals(Layout.none()) ? target : target.laidOut(plan.layout()));
            anew.put(kept.snapshot(), written.snapshot());
            names.put(Lake.input(new TableRef(plan.layer(), plan.name(), kept.snapshot(), 0)), Lake.input(written));
            kept.tags().forEach(tag -> history.tag(plan.layer(), plan.name(), tag, Long.toString(written.snapshot())));
        }
        for (Base base : plan.bases()) {
            Long snapshot = anew.get(base.snapshot());
            if (snapshot != null) {
                history.merged(plan.layer(), plan.name(), base.from(), base.into(), snapshot);
            }
        }
    }

    /** Properties whose versions of other tables are those that took their place; versions that are gone are left out. */
    private Map<String, String> renamed(Map<String, String> properties, Map<String, String> anew) {
        String inputs = properties.get(Lake.INPUTS);
        if (inputs == null) {
            return properties;
        }
        Map<String, String> renamed = new HashMap<>(properties);
        renamed.put(
                Lake.INPUTS,
                Arrays.stream(inputs.split(","))
                        .map(input -> anew.getOrDefault(input, input))
                        .collect(Collectors.joining(",")));
        return renamed;
    }
}
