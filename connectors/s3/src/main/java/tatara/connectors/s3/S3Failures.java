package tatara.connectors.s3;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.RemoteErrorCode;

/** What the client's failures mean. Its own messages can hold identifiers of keys, so that only codes are told. */
final class S3Failures {
    private S3Failures() {}

    /** The failure as it is to be thrown, if no other attempt will help; else an {@link IOException} is thrown. */
    static TataraException of(SdkException e, ObjectLocation location) throws IOException {
        if (e instanceof AwsServiceException answered) {
            return answered(answered, location);
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials") || message.contains("Profile file contained no")) {
            return new TataraException(
                    RemoteErrorCode.ACCESS_REFUSED,
                    Fault.of("no credentials for Amazon S3 were found")
                            .at(location.place())
                            .expecting(
                                    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or the role of this machine")
                            .todo("Set them, or add ?access-key=env:NAME&secret-key=env:NAME, or ?anonymous=true"));
        }
        if (e instanceof SdkClientException) {
            throw new IOException("no answer: " + root(e).getClass().getSimpleName());
        }
        return unexpected(e.getClass().getSimpleName(), location);
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static TataraException answered(AwsServiceException e, ObjectLocation location) throws IOException {
        int status = e.statusCode();
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        String told = (code.isEmpty() || code.equals("null") ? "" : code + ", ") + "HTTP " + status;
        if (status == 404) {
            return notFound(
                    code.equals("NoSuchBucket") ? "there is no such bucket" : "there is no such object", location);
        }
        if (status == 412) {
            return new TataraException(
                    RemoteErrorCode.OBJECT_CHANGED,
                    Fault.of("the object changed while it was copied")
                            .at(location.place())
                            .todo("Run again"));
        }
        if (status == 401 || status == 403 || code.startsWith("Expired") || code.startsWith("InvalidAccessKey")) {
            return new TataraException(
                    RemoteErrorCode.ACCESS_REFUSED,
                    Fault.of("S3 refuses access (" + told + ")")
                            .at(location.place())
                            .expecting(
                                    "credentials that may list and read this; S3 answers the same if the object is missing and listing is not allowed")
                            .todo("Check the credentials, the region and the bucket's policy"));
        }
        if (status >= 500
                || status == 429
                || status == 408
                || code.equals("SlowDown")
                || code.equals("RequestTimeout")) {
            throw new IOException("S3 answers " + told);
        }
        return unexpected(told, location);
    }

    static TataraException notFound(String what, ObjectLocation location) {
        return new TataraException(
                RemoteErrorCode.OBJECT_NOT_FOUND,
                Fault.of(what).at(location.place()).todo("Check the bucket and the key"));
    }

    private static TataraException unexpected(String told, ObjectLocation location) {
        return new TataraException(
                RemoteErrorCode.ANSWER_UNEXPECTED,
                Fault.of("S3's answer cannot be used (" + told + ")")
                        .at(location.place())
                        .todo("Check the location, its region and its endpoint"));
    }
}
