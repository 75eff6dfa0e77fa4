package tatara.serve.journal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Ids of predictions: UUIDs of version 7 (48 bits of milliseconds, then chance), whose last 32 bits are a check sum over the rest
 * and the model's name. So any process can tell, without a look-up, whether an id was given for a model; a forger could make
 * one, a typing error or another model's id is found. Thread-safe if the bits are.
 */
public final class PredictionIds {
    private final Clock clock;
    private final LongSupplier bits;

    /** @param bits 64 fresh random bits at each call, from any thread */
    public PredictionIds(Clock clock, LongSupplier bits) {
        this.clock = clock;
        this.bits = bits;
    }

    public String next(String model) {
        long chance = bits.getAsLong();
        long high = clock.millis() << 16 | 0x7000 | (chance & 0xfff);
        long low = 0x8000_0000_0000_0000L | (chance >>> 12 & 0x3fff_ffffL) << 32;
        return new UUID(high, low | checkSum(model, high, low)).toString();
    }

    /** Whether an id was given for a prediction of the model. */
    public static boolean isOf(String model, String id) {
        if (id.length() != 36) {
            return false;
        }
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
        long low = uuid.getLeastSignificantBits();
        long head = low & 0xffff_ffff_0000_0000L;
        return uuid.version() == 7 && (low & 0xffff_ffffL) == checkSum(model, uuid.getMostSignificantBits(), head);
    }

    /** FNV-1a over the name and the two words, its halves folded: 32 bits. */
    private static long checkSum(String model, long high, long low) {
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (byte letter : model.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xff)) * 0x100_0000_01b3L;
        }
        for (int shift = 0; shift < 64; shift += 8) {
            hash = (hash ^ (high >>> shift & 0xff)) * 0x100_0000_01b3L;
            hash = (hash ^ (low >>> shift & 0xff)) * 0x100_0000_01b3L;
        }
        return (hash ^ hash >>> 32) & 0xffff_ffffL;
    }
}
