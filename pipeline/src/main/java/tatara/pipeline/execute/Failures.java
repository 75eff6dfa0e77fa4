package tatara.pipeline.execute;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** From whatever went wrong to the one exception, with the cause kept. */
public final class Failures {
    private Failures() {}

    /** @param what what was being done, for people */
    public static TataraException translate(String what, @Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TataraException known) {
                return known;
            }
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left on device")
                    || message.contains("disk is full")
                    || message.contains("disk quota exceeded")
                    || message.contains("database or disk is full")) {
                return new TataraException(
                        CoreErrorCode.DISK_FULL,
                        Fault.of("the disk is full while running: " + what)
                                .at(place(cause))
                                .todo("Free some space and run again: finished steps are kept"),
                        thrown);
            }
            if (cause instanceof AccessDeniedException || cause instanceof ReadOnlyFileSystemException) {
                return new TataraException(
                        CoreErrorCode.NOT_WRITABLE,
                        Fault.of("no permission while running: " + what)
                                .at(place(cause))
                                .todo("Check the permissions, or choose another home with --home"),
                        thrown);
            }
            if (cause instanceof OutOfMemoryError || message.contains("out of memory error")) {
                return new TataraException(
                        ExecuteErrorCode.OUT_OF_MEMORY,
                        Fault.of("not enough memory for: " + what)
                                .todo("Give more with TATARA_OPTS=-Xmx8g, or less data; finished steps are kept"),
                        thrown);
            }
            if (cause instanceof InterruptedException || cause instanceof CancellationException) {
                return new TataraException(CoreErrorCode.CANCELLED, Fault.of("cancelled: " + what), thrown);
            }
        }
        String detail = thrown == null ? "" : ": " + thrown;
        return new TataraException(
                thrown instanceof IOException ? CoreErrorCode.NOT_WRITABLE : ExecuteErrorCode.STEP_FAILED,
                Fault.of("failed: " + what + detail)
                        .todo("Run again with --debug for the whole trace; finished steps are kept"),
                thrown);
    }

    private static String place(Throwable cause) {
        return cause instanceof FileSystemException file && file.getFile() != null ? file.getFile() : "";
    }
}
