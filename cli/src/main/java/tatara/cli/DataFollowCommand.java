package tatara.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.port.ChangeFeed;
import tatara.core.port.ChangeFeeds;
import tatara.data.change.ChangeApplier;
import tatara.data.change.FollowLock;
import tatara.data.change.FollowProgress;
import tatara.data.change.Following;
import tatara.data.lake.SafeName;

/** {@code tatara data follow}: keeps a raw table equal to a source that tells its changes. */
@CommandLine.Command(
        name = "follow",
        description = {
            "Keeps a raw table equal to a source that tells its changes: a full copy first, then every change. Stop it with Ctrl-C or"
                    + " kill it: it goes on where it was, and no change is lost or applied twice.",
            "Use the table with: tatara run \"…\" --data lake:PIPELINE.TABLE"
        })
final class DataFollowCommand extends Command {
    private static final long LINE_EVERY_SECONDS = 10;

    @Parameters(
            paramLabel = "LOCATION",
            description = "Such as 'postgresql://user@host:5432/db?table=public.orders&password=env:PGPASSWORD'.")
    String location = "";

    @Option(names = "--table", paramLabel = "NAME", required = true, description = "The table that it becomes.")
    String table = "";

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Whose table (default: feeds).")
    String pipeline = "feeds";

    @Option(names = "--once", description = "Stop when everything is stored that had happened at the start.")
    boolean once;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Stop after this time, such as 10m.")
    @Nullable
    Double seconds;

    @Option(
            names = "--drop",
            description = "Stop following for good: removes what it left at the source (replication slot, publication)."
                    + " The table stays.")
    boolean drop;

    private long toldAt;

    DataFollowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    @SuppressWarnings("try")
    int execute() {
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stopped, ended), "tatara-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Wiring wiring = new Wiring(workspace())) {
            Path work = wiring.workspace()
                    .home()
                    .toAbsolutePath()
                    .normalize()
                    .resolve("lake")
                    .resolve("changes")
                    .resolve(SafeName.of(pipeline))
                    .resolve(SafeName.of(table));
            ChangeFeeds feeds = wiring.changeFeeds(location);
            try (FollowLock lock = FollowLock.take(work)) {
                return drop ? drop(wiring, feeds, work) : follow(wiring, feeds, work, stopped);
            }
        } finally {
            ended.countDown();
            if (!stopped.get()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    /** What was read is stored before the process ends. */
    private static void stop(AtomicBoolean stopped, CountDownLatch ended) {
        stopped.set(true);
        try {
            ended.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int drop(Wiring wiring, ChangeFeeds feeds, Path work) {
        feeds.drop(location, work, wiring.secrets());
        terminal.progress(pipeline + "." + table + " is not followed any more; the table stays");
        terminal.document(Json.object().with("table", pipeline + "." + table).with("dropped", new Json.Bool(true)));
        return 0;
    }

    private int follow(Wiring wiring, ChangeFeeds feeds, Path work, AtomicBoolean stopped) {
        ChangeApplier applier = new ChangeApplier(wiring.lake().get(), pipeline + "." + table, location, work);
        terminal.progress(
                applier.position().isEmpty() ? "full copy, then changes" : "going on from what the table holds");
        boolean complete;
        try (ChangeFeed feed = feeds.open(location, applier.position(), work, wiring.secrets())) {
            Following following = new Following(feed, applier, wiring.clock(), System::nanoTime, this::progress);
            complete = following.run(
                    once,
                    Optional.ofNullable(seconds).map(length -> Duration.ofMillis((long) (length * 1_000))),
                    stopped::get);
        }
        terminal.status("");
        report(applier, complete);
        return 0;
    }

    private void progress(FollowProgress now) {
        String line = String.format(
                Locale.ROOT,
                "%,d changes   %,.0f a second   %,d rows   %s",
                now.changes(),
                now.perSecond(),
                now.rows(),
                now.copying()
                        ? "copying"
                        : now.lag()
                                .map(lag -> String.format(Locale.ROOT, "%.1f s behind", lag.toMillis() / 1e3))
                                .orElse("up to date"));
        long time = System.nanoTime();
        if (terminal.isInteractive()) {
            terminal.status(line);
        } else if (time - toldAt > LINE_EVERY_SECONDS * 1_000_000_000L) {
            toldAt = time;
            terminal.progress(line);
        }
    }

    private void report(ChangeApplier applier, boolean complete) {
        Optional<TableRef> ref = applier.current();
        terminal.progress(String.format(
                Locale.ROOT,
                "%,d changes in %,d commits; raw table %s.%s has %,d rows",
                applier.changes(),
                applier.commits(),
                pipeline,
                table,
                ref.map(TableRef::rows).orElse(0L)));
        applier.changedColumns().forEach(change -> terminal.progress("  " + change));
        if (applier.quarantined() > 0) {
            terminal.progress(String.format(
                    Locale.ROOT, "  %,d could not be applied: %s", applier.quarantined(), applier.quarantineFile()));
        }
        Json.Obj document = Json.object()
                .with("table", pipeline + "." + table)
                .with("snapshot", Long.toString(ref.map(TableRef::snapshot).orElse(0L)))
                .with("rows", ref.map(TableRef::rows).orElse(0L))
                .with("changes", applier.changes())
                .with("commits", applier.commits())
                .with("copies", applier.copies())
                .with("late", applier.late())
                .with("quarantined", applier.quarantined())
                .with("columns", Json.strings(applier.changedColumns()))
                .with("complete", new Json.Bool(complete))
                .with("position", applier.position());
        terminal.document(document);
    }
}
