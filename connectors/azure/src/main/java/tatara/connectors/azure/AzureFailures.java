package tatara.connectors.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobStorageException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.remote.RemoteErrorCode;

/** What the client's failures mean. Its own messages can hold addresses with signatures, so that only codes are told. */
final class AzureFailures {
    private AzureFailures() {}

    /** The failure as it is to be thrown, if no other attempt will help; else an {@link IOException} is thrown. */
    static TataraException of(RuntimeException e, AzurePlace place) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TataraException known) {
                return known;
            }
            if (cause instanceof HttpResponseException answered && answered.getResponse() != null) {
                return answered(answered, place);
            }
            if (String.valueOf(cause.getMessage()).contains("response code 401")) {
                return refused("HTTP 401", place);
            }
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                throw new IOException("no answer: " + cause.getClass().getSimpleName());
            }
        }
        return unexpected(e.getClass().getSimpleName(), place);
    }

    /** The status of an answer, or 0 if there was none. */
    static int status(RuntimeException e) {
        return e instanceof HttpResponseException answered && answered.getResponse() != null
                ? answered.getResponse().getStatusCode()
                : 0;
    }

    private static TataraException answered(HttpResponseException e, AzurePlace place) throws IOException {
        int status = e.getResponse().getStatusCode();
        String code = e instanceof BlobStorageException blob
                ? Optional.ofNullable(blob.getErrorCode()).map(Object::toString).orElse("")
                : "";
        String told = (code.isEmpty() ? "" : code + ", ") + "HTTP " + status;
        if (status == 404) {
            return notFound(
                    code.equals("ContainerNotFound") ? "there is no such container" : "there is no such blob", place);
        }
        if (status == 412) {
            return new TataraException(
                    RemoteErrorCode.OBJECT_CHANGED,
                    Fault.of("the blob changed while it was copied")
                            .at(place.place())
                            .todo("Run again"));
        }
        if (status == 401 || status == 403) {
            return refused(told, place);
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("Azure Storage answers " + told);
        }
        return unexpected(told, place);
    }

    private static TataraException refused(String told, AzurePlace place) {
        return new TataraException(
                RemoteErrorCode.ACCESS_REFUSED,
                Fault.of("Azure Storage refuses access (" + told + ")")
                        .at(place.place())
                        .expecting("credentials that may list and read this")
                        .todo("Check the account, the credentials and, of a SAS, its permissions and its end"));
    }

    static TataraException notFound(String what, AzurePlace place) {
        return new TataraException(
                RemoteErrorCode.OBJECT_NOT_FOUND,
                Fault.of(what).at(place.place()).todo("Check the container and the name"));
    }

    private static TataraException unexpected(String told, AzurePlace place) {
        return new TataraException(
                RemoteErrorCode.ANSWER_UNEXPECTED,
                Fault.of("Azure Storage's answer cannot be used (" + told + ")")
                        .at(place.place())
                        .todo("Check the location and its endpoint"));
    }
}
