package tatara.connectors.debezium;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import tatara.core.port.ChangeFeed;

/**
 * One table, followed. When the server goes, it is tried again until it is back (at most {@link #PATIENCE}); reading goes on behind the
 * last whole transaction that was handed over. What the log cannot tell (a rewritten table, a renamed column) is read anew as a whole.
 */
final class PostgresFeed implements ChangeFeed {
    /** How long a server may be away. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final int MOST_UNEXPLAINED = 6;
    private static final int BATCH = 20_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);

    private final PostgresLocation location;
    private final String password;
    private final SourceDatabase database;
    private final Preparation preparation;
    private final SlotFile file;
    private final CaptureLog log;
    private Optional<Position> position;
    private Optional<TableShape> candidate = Optional.empty();
    private @Nullable Capture capture;
    private @Nullable Transactions transactions;
    private boolean mustCopy;
    private long target;
    private long failingSince;
    private int failures;
    private long retryAt;
    private long lookedAt = System.nanoTime();
    private long confirmed;
    private long copyBegan;
    private long copyEnded;

    private PostgresFeed(
            PostgresLocation location, String password, Optional<Position> position, SlotFile file, CaptureLog log) {
        this.location = location;
        this.password = password;
        this.position = position;
        this.file = file;
        this.log = log;
        this.database = new SourceDatabase(location, password);
        this.preparation = new Preparation(location, database, file);
    }

    static PostgresFeed open(PostgresLocation location, String password, Optional<Position> position, SlotFile file) {
        PostgresFeed feed = new PostgresFeed(location, password, position, file, CaptureLog.open(file.work()));
        try {
            feed.connect();
            feed.target = feed.mark();
            return feed;
        } catch (SQLException | RuntimeException e) {
            feed.close();
            throw SourceFaults.translate(e, location);
        }
    }

    @Override
    public Optional<ChangeBatch> poll(Duration wait, int most) {
        long deadline = System.nanoTime() + wait.toNanos();
        do {
            try {
                Optional<ChangeBatch> batch = step();
                if (batch.isPresent()) {
                    return batch;
                }
            } catch (SQLException | RuntimeException e) {
                failed(e);
            }
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        return Optional.empty();
    }

    private Optional<ChangeBatch> step() throws SQLException {
        if (capture == null || transactions == null) {
            if (System.nanoTime() < retryAt) {
                pause(Duration.ofMillis(50));
                return Optional.empty();
            }
            connect();
        }
        Transactions reading = Objects.requireNonNull(transactions);
        Optional<ChangeBatch> waiting = reading.next();
        if (waiting.isPresent()) {
            return handed(waiting.get());
        }
        boolean copied = reading.copying();
        List<SourceRecord> records = Objects.requireNonNull(capture).poll();
        for (SourceRecord record : records) {
            reading.add(record);
            if (reading.reshaped()) {
                reshape(reading);
            }
            reading.again().ifPresent(this::mustCopy);
            if (mustCopy) {
                return copyAgain();
            }
        }
        if (!records.isEmpty()) {
            failures = 0;
        }
        if (copied && !reading.copying()) {
            copyEnded = System.nanoTime();
            if (!isWhole(reading)) {
                mustCopy("the table was rewritten while it was copied");
                return copyAgain();
            }
        }
        Optional<ChangeBatch> next = reading.next();
        return next.isPresent() ? handed(next.get()) : look(reading);
    }

    /** A rewrite of the table hides rows from a copy that is under way, and no change tells of them. */
    private boolean isWhole(Transactions reading) throws SQLException {
        TableShape before = reading.position().table();
        TableShape now = database.describe().shape();
        return before.sameColumns(now) && before.file() == now.file();
    }

    /** What was handed over is where reading goes on after a failure. */
    private Optional<ChangeBatch> handed(ChangeBatch batch) {
        if (!batch.snapshot()) {
            position = Position.read(batch.position());
        }
        return Optional.of(batch);
    }

    private void connect() throws SQLException {
        SourceDatabase.Description description = database.describe();
        Optional<String> reason = mustCopy ? Optional.of("") : preparation.copyReason(position, description);
        if (reason.isPresent()) {
            copyBegan = System.nanoTime();
            log.note("full copy: " + reason.get());
            preparation.forgetSlot();
        }
        preparation.publish(description);
        Optional<Long> lsn = reason.isPresent() ? Optional.empty() : position.map(Position::lsn);
        Capture started = Capture.start(preparation.settings(description, password), lsn);
        capture = started;
        mustCopy = false;
        long order = position.map(Position::order).orElse(0L);
        long begin = lsn.isPresent()
                ? lsn.get()
                : database.slot(file.slot()).map(SourceDatabase.Slot::confirmed).orElse(0L);
        TableShape shape = lsn.isPresent() ? position.get().table() : description.shape();
        transactions = new Transactions(location, description, new Position(begin, order, shape), lsn.isEmpty(), BATCH);
    }

    /** At most half of the time goes into copies. */
    private Optional<ChangeBatch> copyAgain() {
        end();
        retryAt = copyEnded == 0 ? System.nanoTime() : copyEnded + (copyEnded - copyBegan);
        return Optional.empty();
    }

    /** Changes came with other columns: the catalogue tells what happened to the rows that did not change. */
    private void reshape(Transactions reading) throws SQLException {
        TableShape now = database.describe().shape();
        Optional<String> rewritten = reading.position().table().rewrittenBy(now);
        if (reading.copying() || rewritten.isEmpty()) {
            reading.reshape(now);
        } else {
            mustCopy(rewritten.get());
        }
    }

    private void mustCopy(String reason) {
        mustCopy = true;
        log.note("the table has to be read anew: " + reason);
    }

    /** While nothing comes: whether the table has changed its columns without any row changing. */
    private Optional<ChangeBatch> look(Transactions reading) throws SQLException {
        if (!reading.copying() && System.nanoTime() - lookedAt > LOOK_EVERY.toNanos()) {
            lookedAt = System.nanoTime();
            settle(reading);
            if (database.end() - reading.boundary() > 16 << 20 && candidate.isEmpty()) {
                mark();
            }
        }
        return mustCopy ? copyAgain() : reading.next();
    }

    /**
     * Whether the columns are what the catalogue says. A difference counts only when the log was read up to a mark that was set after the
     * difference was seen, since changes on the way may bring it.
     */
    private boolean settle(Transactions reading) throws SQLException {
        TableShape known = reading.position().table();
        TableShape now = database.describe().shape();
        if (known.sameColumns(now) && (known.file() == now.file() || known.file() == 0)) {
            if (known.file() == 0) {
                reading.reshape(now);
            }
            candidate = Optional.empty();
            return true;
        }
        if (candidate.isPresent() && candidate.get().equals(now) && reading.boundary() >= target) {
            candidate = Optional.empty();
            Optional<String> rewritten = known.rewrittenBy(now);
            if (rewritten.isPresent()) {
                mustCopy(rewritten.get());
            } else {
                reading.reshape(now);
                reading.announce(now.changeColumns());
            }
        } else if (candidate.isEmpty() || !candidate.get().equals(now)) {
            candidate = Optional.of(now);
            target = mark();
        }
        return false;
    }

    @Override
    public Optional<Boolean> caughtUp() {
        Transactions reading = transactions;
        if (reading == null || capture == null || reading.copying() || reading.boundary() < target) {
            return Optional.of(false);
        }
        try {
            return Optional.of(settle(reading) && !mustCopy);
        } catch (SQLException | RuntimeException e) {
            failed(e);
            return Optional.of(false);
        }
    }

    private long mark() throws SQLException {
        try {
            return database.mark();
        } catch (SQLException e) {
            if (SourceFaults.isConnection(e)) {
                throw e;
            }
            // a standby takes no mark: the end of its log has to do
            return database.end();
        }
    }

    @Override
    public void stored(String text) {
        Position.read(text).filter(stored -> stored.lsn() > confirmed).ifPresent(stored -> {
            Capture running = capture;
            if (running != null) {
                running.confirm(stored.lsn());
                confirmed = stored.lsn();
            }
        });
    }

    private void failed(Exception e) {
        end();
        failures++;
        if (failures == 1) {
            failingSince = System.nanoTime();
        }
        boolean connection = SourceFaults.isConnection(e);
        boolean late = System.nanoTime() - failingSince > PATIENCE.toNanos();
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        if (!SourceFaults.isPassing(e) || late || (!connection && failures > MOST_UNEXPLAINED)) {
            throw SourceFaults.translate(e, location);
        }
        Duration pause = Duration.ofMillis(Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(failures, 10)));
        retryAt = System.nanoTime() + pause.toNanos();
    }

    private void end() {
        Capture running = capture;
        capture = null;
        transactions = null;
        candidate = Optional.empty();
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void close() {
        end();
        database.close();
        log.close();
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
