package tatara.serve.rest;

import java.util.Arrays;
import java.util.Optional;
import tatara.core.evidence.ColumnType;
import tatara.core.json.Json;

/** The datatypes of the Open Inference Protocol, and what JSON values each holds; null is a missing value in all of them. */
enum Datatype {
    BOOL(0, 0),
    UINT8(0, 255),
    UINT16(0, 65_535),
    UINT32(0, 4_294_967_295L),
    UINT64(0, Long.MAX_VALUE),
    INT8(-128, 127),
    INT16(-32_768, 32_767),
    INT32(Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT64(Long.MIN_VALUE, Long.MAX_VALUE),
    FP16(0, 0),
    FP32(0, 0),
    FP64(0, 0),
    BYTES(0, 0);

    private final long least;
    private final long greatest;

    Datatype(long least, long greatest) {
        this.least = least;
        this.greatest = greatest;
    }

    static Optional<Datatype> find(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** What a column is best sent as. */
    static Datatype of(ColumnType type) {
        return switch (type) {
            case NUMBER -> FP64;
            case INTEGER -> INT64;
            case BOOLEAN -> BOOL;
            case CATEGORY, TEXT, IDENTIFIER, TIME, EMPTY -> BYTES;
        };
    }

    boolean holds(Json value) {
        if (value instanceof Json.Null) {
            return true;
        }
        return switch (this) {
            case BOOL -> value instanceof Json.Bool;
            case FP16, FP32, FP64 -> value instanceof Json.Num;
            case BYTES -> value instanceof Json.Str;
            default -> value instanceof Json.Num number && isWithin(number);
        };
    }

    private boolean isWithin(Json.Num number) {
        return number.value() instanceof Long integer
                ? integer >= least && integer <= greatest
                : number.isInteger() && number.asDouble() >= least && number.asDouble() <= greatest;
    }
}
