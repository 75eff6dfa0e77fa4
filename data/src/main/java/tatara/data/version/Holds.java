package tatara.data.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.json.RecordCodec;
import tatara.core.json.YamlText;
import tatara.data.lake.StorageFailure;

/**
 * Legal holds: tables of which no version may be deleted. The file {@code lake/holds.yaml}.
 *
 * @param holds in the order of the file
 */
public record Holds(List<Hold> holds) {
    public Holds {
        holds = List.copyOf(holds);
    }

    /**
     * One hold.
     *
     * @param table {@code LAYER/PIPELINE.TABLE}, {@code PIPELINE.TABLE} in all layers, or {@code PIPELINE} with all its tables
     * @param until first day on which it no longer holds, as ISO date; empty for no end
     */
    public record Hold(String table, String reason, Optional<String> until) {
        boolean covers(String layer, String name, Instant now) {
            boolean meant = table.equals(layer + "/" + name) || table.equals(name) || name.startsWith(table + ".");
            return meant
                    && until.map(day -> now.isBefore(
                                    LocalDate.parse(day).atStartOfDay().toInstant(ZoneOffset.UTC)))
                            .orElse(true);
        }
    }

    /**
     * The holds of a home; none if there is no such file.
     *
     * @throws ProblemsException if the file cannot be understood, so that nothing is deleted by mistake
     */
    public static Holds read(Path home) {
        Path file = home.resolve("lake").resolve("holds.yaml");
        if (!Files.exists(file)) {
            return new Holds(List.of());
        }
        try {
            Holds holds = RecordCodec.read(Holds.class, YamlText.read(file.toString(), Files.readString(file)));
            holds.check(file);
            return holds;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private void check(Path file) {
        for (int i = 0; i < holds.size(); i++) {
            String until = holds.get(i).until().orElse("2000-01-01");
            try {
                LocalDate.parse(until);
            } catch (DateTimeParseException e) {
                throw new ProblemsException(List.of(
                        new Problem(file.toString(), 0, "holds[" + i + "].until", "until: not an ISO date: " + until)));
            }
        }
    }

    /** The hold that covers a table, if one does. */
    public Optional<Hold> of(String layer, String name, Instant now) {
        return holds.stream().filter(hold -> hold.covers(layer, name, now)).findFirst();
    }
}
