package tatara.connectors.debezium;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Warnings of the libraries go to a small file beside the feed's state, never to the terminal. */
final class CaptureLog implements AutoCloseable {
    private static final Logger OWN = Logger.getLogger("tatara.connectors.debezium");

    /** Kept, since the logging library holds its loggers weakly. */
    private static final List<Logger> LOGGERS = List.of(
            OWN,
            Logger.getLogger("io.debezium"),
            Logger.getLogger("org.apache.kafka"),
            Logger.getLogger("org.postgresql"));

    private final Handler handler;

    private CaptureLog(Handler handler) {
        this.handler = handler;
    }

    static CaptureLog open(Path work) {
        try {
            Handler handler =
                    new FileHandler(work.resolve("debezium.log").toString().replace("%", "%%"), 1 << 20, 1, true);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.WARNING);
            for (Logger logger : LOGGERS) {
                logger.setUseParentHandlers(false);
                logger.setLevel(Level.WARNING);
                logger.addHandler(handler);
            }
            return new CaptureLog(handler);
        } catch (IOException e) {
            throw new TataraException(
                    FeedErrorCode.CAPTURE_FAILED,
                    Fault.of("the log of the connector cannot be written: " + e.getMessage())
                            .at(work.toString()),
                    e);
        }
    }

    /** Why something unusual is done. */
    void note(String what) {
        OWN.warning(what);
    }

    @Override
    public void close() {
        LOGGERS.forEach(logger -> logger.removeHandler(handler));
        handler.close();
    }
}
