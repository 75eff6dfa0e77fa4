package tatara.registry.models;

import java.time.Instant;

/**
 * One line of the history: a version came to another stage. Never changed, never deleted.
 *
 * @param sequence grows with time, from 1
 * @param from stage before; empty at registration
 * @param to stage after
 * @param actor who asked for it
 * @param reason why
 */
public record StageChange(
        long sequence, String model, int version, String from, String to, String actor, Instant at, String reason) {}
