package tatara.data.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.Engine;

/** Decides how rows are taken: as the user says, else as in the last load, else from what the rows look like. */
final class Choice {
    private static final List<String> PLACE_IN_TOPIC = List.of("_partition", "_offset");
    private static final String DELETED_IN_TOPIC = "_deleted";

    private final LoadRequest request;
    private final Optional<LoadState> before;
    private final boolean positioned;

    /** @param positioned whether the source tells what came since, so that nothing comes twice */
    Choice(LoadRequest request, Optional<LoadState> before, boolean positioned) {
        this.request = request;
        this.before = before;
        this.positioned = positioned;
    }

    /** @throws TataraException if settings contradict each other */
    static void check(LoadRequest request) {
        String wrong = "";
        if (request.byAbsence() && request.flag().isPresent()) {
            wrong = "--deletes by-absence and flag=… at once";
        } else if (request.mode().filter(mode -> mode == Mode.UPSERT).isEmpty()
                && request.mode().isPresent()
                && (request.byAbsence() || request.flag().isPresent())) {
            wrong = "--deletes with --mode " + request.mode().get().name().toLowerCase(java.util.Locale.ROOT);
        } else if (request.mode().filter(mode -> mode == Mode.APPEND).isPresent()
                && !request.key().isEmpty()) {
            wrong = "--key with --mode append";
        } else if (request.mode().filter(mode -> mode == Mode.APPEND).isPresent() && request.fromStart()) {
            wrong = "--from-start with --mode append, which would store rows twice";
        } else if (!(request.ahead() >= 0)) {
            wrong = "--ahead " + request.ahead();
        }
        if (!wrong.isEmpty()) {
            throw new TataraException(
                    LoadErrorCode.SETTINGS_WRONG,
                    Fault.of(wrong)
                            .expecting("deletes only with --mode upsert, a key only where rows are replaced by it")
                            .todo("Leave one of them out"));
        }
    }

    /**
     * @param rows SQL of a table expression for the batch
     * @param columns those that come
     */
    Ways choose(Engine engine, String rows, Columns columns) {
        List<String> why = new ArrayList<>();
        Look look = new Look(engine, rows);
        List<String> key = key(look, columns, why);
        Optional<String> flag = flag(columns, key, why);
        Mode mode = mode(key, why);
        Optional<Watermark> watermark = mode == Mode.REPLACE ? Optional.empty() : watermark(look, columns, mode, why);
        Optional<String> lateness = request.lateness().or(() -> before.flatMap(LoadState::lateness));
        if (request.lateness().isPresent() && watermark.isEmpty()) {
            throw new TataraException(
                    LoadErrorCode.SETTINGS_WRONG,
                    Fault.of("--lateness without a watermark")
                            .expecting("a column that grows with the rows")
                            .todo("Add --watermark COLUMN"));
        }
        lateness.ifPresent(span -> watermark.ifPresent(one -> one.distance(span)));
        boolean byAbsence =
                request.byAbsence() || (before.map(LoadState::byAbsence).orElse(false) && !flagNow());
        if (mode == Mode.UPSERT && key.isEmpty()) {
            throw new TataraException(
                    LoadErrorCode.SETTINGS_WRONG,
                    Fault.of("--mode upsert without a key, and no column looks like one")
                            .expecting("columns that tell rows apart")
                            .todo("Add --key COLUMN[,COLUMN]"));
        }
        return new Ways(
                mode,
                mode == Mode.UPSERT ? key : List.of(),
                watermark,
                lateness,
                flag,
                byAbsence,
                why.isEmpty() ? before.map(LoadState::why).orElse(why) : why);
    }

    private boolean flagNow() {
        return request.flag().isPresent();
    }

    private boolean isSettled() {
        return before.isPresent();
    }

    /** Whether records that were appended may come again: then their place tells which are stored. */
    private boolean isAgain() {
        return positioned
                && request.fromStart()
                && before.map(state -> state.key().isEmpty()).orElse(true);
    }

    private List<String> key(Look look, Columns columns, List<String> why) {
        boolean never = request.mode().filter(mode -> mode != Mode.UPSERT).isPresent();
        if (!request.key().isEmpty()) {
            why.add("key " + String.join(", ", request.key()) + ": given");
            return request.key().stream()
                    .map(name -> columns.coming(name, "--key").name)
                    .toList();
        }
        if (never) {
            return List.of();
        }
        if (isSettled()
                && !isAgain()
                && (!before.map(LoadState::key).orElse(List.of()).isEmpty()
                        || request.mode().isEmpty())) {
            return before.map(LoadState::key).orElse(List.of());
        }
        if (PLACE_IN_TOPIC.stream().allMatch(name -> columns.find(name).isPresent())) {
            if (positioned && request.mode().isEmpty() && !request.fromStart()) {
                why.add("records of a topic are appended, each once, by its offset; to replace rows by key, add --key");
                return List.of();
            }
            why.add("key _partition, _offset: the place of a record in its topic");
            return PLACE_IN_TOPIC;
        }
        return look.key(columns.coming())
                .map(found -> {
                    why.add(found.why());
                    return List.of(found.column());
                })
                .orElse(List.of());
    }

    private Optional<String> flag(Columns columns, List<String> key, List<String> why) {
        if (request.flag().isPresent()) {
            return Optional.of(columns.coming(request.flag().get(), "--deletes flag").name);
        }
        if (isSettled() && before.flatMap(LoadState::flag).isPresent()) {
            return before.flatMap(LoadState::flag);
        }
        if (!key.isEmpty() && positioned && !key.equals(PLACE_IN_TOPIC) && !request.byAbsence()) {
            why.add("deletes by " + DELETED_IN_TOPIC
                    + ": a record without a value, or a deletion in Debezium's format");
            return Optional.of(DELETED_IN_TOPIC);
        }
        return Optional.empty();
    }

    private Mode mode(List<String> key, List<String> why) {
        if (request.mode().isPresent()) {
            return request.mode().get();
        }
        if (!request.key().isEmpty()) {
            return Mode.UPSERT;
        }
        if (isSettled() && !isAgain()) {
            return before.map(LoadState::mode).orElse(Mode.APPEND);
        }
        if (key.isEmpty()) {
            why.add("append: no column tells the rows apart");
            return Mode.APPEND;
        }
        why.add("upsert: rows can be told apart by their key");
        return Mode.UPSERT;
    }

    private Optional<Watermark> watermark(Look look, Columns columns, Mode mode, List<String> why) {
        Optional<Watermark> last = before.flatMap(LoadState::watermark);
        if (request.watermark().isPresent()) {
            Columns.Column column = columns.coming(request.watermark().get(), "--watermark");
            if (last.filter(one -> one.column().equals(column.name)).isPresent()) {
                return last;
            }
            String reading = look.reading(column);
            why.add("watermark " + column.name + ": given, read as " + reading);
            return Optional.of(new Watermark(column.name, reading, ""));
        }
        if (isSettled() || positioned) {
            return last;
        }
        return look.time(columns.coming(), mode == Mode.UPSERT).map(found -> {
            why.add(found.why());
            return new Watermark(found.column(), found.reading(), "");
        });
    }
}
