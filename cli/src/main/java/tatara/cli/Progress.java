package tatara.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;

/** Shows a run's events to a person: a line for each finished step, a moving line for what is under way. Thread-safe. */
final class Progress implements EventSink {
    private static final long STATUS_EVERY_NANOS = 200_000_000L;

    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final double budgetSeconds;
    private final AtomicLong trainingStart = new AtomicLong(Long.MIN_VALUE);
    private final Map<String, String> titles = new ConcurrentHashMap<>();
    private final AtomicLong lastStatus = new AtomicLong();
    private volatile String best = "";

    /** @param budgetSeconds training budget, for the time left; 0 if none is known */
    Progress(Terminal terminal, LongSupplier nanoTime, double budgetSeconds) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.budgetSeconds = budgetSeconds;
    }

    @Override
    public void emit(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            titles.put(started.step(), started.title());
            if (started.step().startsWith("train:")) {
                trainingStart.compareAndSet(Long.MIN_VALUE, nanoTime.getAsLong());
            }
            status(phase(started.phase()) + started.title() + " …", true);
        } else if (event instanceof RunEvent.StepFinished finished) {
            finished(finished);
        } else if (event instanceof RunEvent.StepFailed failed) {
            line(phase(failed.phase()) + titles.getOrDefault(failed.step(), failed.step()) + "  FAILED");
        } else if (event instanceof RunEvent.Progress progress) {
            String of = progress.total() > 0 ? " of " + count(progress.total()) : "";
            status(
                    "  " + titles.getOrDefault(progress.step(), progress.step()) + "  " + count(progress.done()) + of
                            + " " + progress.unit(),
                    false);
        } else if (event instanceof RunEvent.Scored scored) {
            best = String.format(Locale.ROOT, "best %s %.4g", scored.metric(), scored.best());
            line(String.format(
                    Locale.ROOT,
                    "          %-24s %s %.5g   %s%s",
                    scored.candidate(),
                    scored.metric(),
                    scored.value(),
                    best,
                    left()));
        } else if (event instanceof RunEvent.Note note) {
            line("          " + note.message());
        }
    }

    private void finished(RunEvent.StepFinished step) {
        if (step.cached()) {
            return;
        }
        String title = titles.getOrDefault(step.step(), step.step());
        String summary = step.summary().isEmpty() ? "" : "  " + step.summary();
        line(String.format(Locale.ROOT, "%s%-38s %6.1f s%s", phase(step.phase()), title, step.seconds(), summary));
    }

    private String left() {
        if (budgetSeconds <= 0 || trainingStart.get() == Long.MIN_VALUE) {
            return "";
        }
        double elapsed = (nanoTime.getAsLong() - trainingStart.get()) / 1e9;
        return String.format(Locale.ROOT, "   at most %.0f s of training left", Math.max(0, budgetSeconds - elapsed));
    }

    private void line(String text) {
        terminal.status("");
        terminal.progress(text);
    }

    private void status(String text, boolean always) {
        long now = nanoTime.getAsLong();
        if (always || now - lastStatus.get() > STATUS_EVERY_NANOS) {
            lastStatus.set(now);
            terminal.status(text + (best.isEmpty() ? "" : "   " + best));
        }
    }

    private static String phase(int phase) {
        return "phase " + phase + "   ";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
