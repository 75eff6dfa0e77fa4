package tatara.connectors.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.RemoteErrorCode;

/** What the client's failures mean. Its own messages can name accounts, so that only codes are told. */
final class GcsFailures {
    private GcsFailures() {}

    /** The failure as it is to be thrown, if no other attempt will help; else an {@link IOException} is thrown. */
    static TataraException of(Exception e, ObjectLocation place) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TataraException known) {
                return known;
            }
            if (cause instanceof StorageException answered && answered.getCode() > 0) {
                return answered(answered.getCode(), answered.getReason(), place);
            }
            if (cause instanceof HttpResponseException answered) {
                return answered(answered.getStatusCode(), "", place);
            }
            if (String.valueOf(cause.getMessage())
                    .startsWith("OAuth2Credentials instance does not support refreshing")) {
                return refused("the token is not accepted", place);
            }
            if (cause.getClass().getName().startsWith("com.google.auth.")) {
                return refused("its tokens cannot be had: " + cause.getClass().getSimpleName(), place);
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                throw new IOException("no answer: " + cause.getClass().getSimpleName());
            }
        }
        return unexpected(e.getClass().getSimpleName(), place);
    }

    private static TataraException answered(int status, @Nullable String reason, ObjectLocation place)
            throws IOException {
        String told = (reason != null && reason.matches("[A-Za-z]{1,40}") ? reason + ", " : "") + "HTTP " + status;
        if (status == 404) {
            return notFound("there is no such object or bucket", place);
        }
        if (status == 412) {
            return new TataraException(
                    RemoteErrorCode.OBJECT_CHANGED,
                    Fault.of("the object changed while it was copied")
                            .at(place.place())
                            .todo("Run again"));
        }
        if (status == 401 || status == 403) {
            return refused(told, place);
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("Google Cloud Storage answers " + told);
        }
        return unexpected(told, place);
    }

    private static TataraException refused(String told, ObjectLocation place) {
        return new TataraException(
                RemoteErrorCode.ACCESS_REFUSED,
                Fault.of("Google Cloud Storage refuses access (" + told + ")")
                        .at(place.place())
                        .expecting("credentials that may list and read this")
                        .todo("Check the credentials and the bucket's permissions"));
    }

    static TataraException notFound(String what, ObjectLocation place) {
        return new TataraException(
                RemoteErrorCode.OBJECT_NOT_FOUND,
                Fault.of(what).at(place.place()).todo("Check the bucket and the name"));
    }

    private static TataraException unexpected(String told, ObjectLocation place) {
        return new TataraException(
                RemoteErrorCode.ANSWER_UNEXPECTED,
                Fault.of("Google Cloud Storage's answer cannot be used (" + told + ")")
                        .at(place.place())
                        .todo("Check the location and its endpoint"));
    }
}
