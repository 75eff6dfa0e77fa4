package tatara.connectors.kafka;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with a topic. */
public enum KafkaErrorCode implements ErrorCode {
    /** A location that names no topic, or with an option that is unknown or has a wrong value. */
    LOCATION_MALFORMED(ErrorType.USER),
    /** The cluster has no such topic. */
    TOPIC_NOT_FOUND(ErrorType.USER),
    /** No broker answers, or it stopped answering. */
    BROKER_UNAVAILABLE(ErrorType.EXTERNAL),
    /** The broker refuses the credentials, or they may not read the topic. */
    ACCESS_REFUSED(ErrorType.EXTERNAL),
    /** Records after the stored position were deleted before they were read. */
    RECORDS_LOST(ErrorType.DATA),
    /** The topic is another one than that the position belongs to. */
    TOPIC_REPLACED(ErrorType.DATA),
    /** The copy could not be written. */
    NOT_WRITABLE(ErrorType.EXTERNAL);

    private final ErrorType type;

    KafkaErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
