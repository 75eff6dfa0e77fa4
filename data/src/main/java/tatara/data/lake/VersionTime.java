package tatara.data.lake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** Times as people name versions by them; without a zone they are UTC. */
final class VersionTime {
    private VersionTime() {}

    /** The last millisecond of what a text means, counted from 1970; empty if it is no ISO time. A day means its end. */
    static OptionalLong end(String text) {
        try {
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return millis(LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC), -1);
            }
            if (!text.matches("\\d{4}-\\d\\d-\\d\\d[T ].+")) {
                return OptionalLong.empty();
            }
            String iso = text.replace(' ', 'T');
            return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                    ? millis(OffsetDateTime.parse(iso).toInstant(), 0)
                    : millis(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC), 0);
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong millis(Instant instant, long more) {
        return OptionalLong.of(instant.toEpochMilli() + more);
    }
}
